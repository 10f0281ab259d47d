package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.files.FileInfo;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Commands that show the machine and its files: `free`, `uptime`, `top`, `stat`, `du`, `ip`,
/// `ifconfig`, `readlink`, `realpath`, `xargs`, `pidof`, `sysctl`.
final class MachineCommands {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS xx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MachineCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("free", MachineCommands::free);
    all.put("uptime", MachineCommands::uptime);
    all.put("top", MachineCommands::top);
    all.put("stat", MachineCommands::stat);
    all.put("du", MachineCommands::du);
    all.put("ip", MachineCommands::ip);
    all.put("ifconfig", MachineCommands::ifconfig);
    all.put("readlink", MachineCommands::realpath);
    all.put("realpath", MachineCommands::realpath);
    all.put("xargs", MachineCommands::xargs);
    all.put("pidof", MachineCommands::pidof);
    all.put("sysctl", MachineCommands::sysctl);
    return all;
  }

  private static int free(World world) throws IOException {
    world.print("              total        used        free      shared  buff/cache   available");
    world.print("Mem:        8388608     1048576     6291456       16384     1048576     7340032");
    world.print("Swap:             0           0           0");
    return 0;
  }

  /// Shows settings of the kernel: `sysctl [-n] NAME…`.
  private static int sysctl(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    int status = 0;
    for (String name : arguments.operands()) {
      String path = "/proc/sys/" + name.replace('.', '/');
      Optional<FileInfo> info = world.files().stat(path);
      if (info.isEmpty() || info.get().isDirectory()) {
        world.complain("sysctl: error: '" + path + "' is an unknown key");
        status = 1;
        continue;
      }
      String value = world.files().readText(path).strip();
      world.print(arguments.has("n") ? value : name.replace('/', '.') + " = " + value);
    }
    return status;
  }

  private static int uptime(World world) throws IOException {
    String now = CLOCK.format(world.clock().instant());
    world.print(" " + now + " up 0 min,  0 users,  load average: 0.00, 0.00, 0.00");
    return 0;
  }

  private static int top(World world) throws IOException {
    world.print("Mem: 1048576K used, 7340032K free, 16384K shrd, 0K buff, 1048576K cached");
    world.print("CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq");
    world.print("  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND");
    for (Task task : world.processes().list()) {
      world.print(
          String.format(
              Locale.ROOT,
              "%5d %5d root     S     4400   0%%   0   0%% %s",
              task.pid(),
              task.parent(),
              String.join(" ", task.command())));
    }
    return 0;
  }

  private static int stat(World world) throws IOException {
    int status = 0;
    for (String name : Arguments.parse(world.arguments(), Set.of("c")).operands()) {
      Optional<FileInfo> info = world.files().stat(world.path(name));
      if (info.isEmpty()) {
        world.complain("stat: can't stat '" + name + "': No such file or directory");
        status = 1;
        continue;
      }
      FileInfo is = info.get();
      world.print("  File: " + name);
      world.print(
          String.format(
              Locale.ROOT,
              "  Size: %-10d\tBlocks: %-10d IO Block: 4096   %s",
              is.size(),
              (is.size() + 511) / 512,
              is.isDirectory() ? "directory" : "regular file"));
      world.print(
          String.format(
              Locale.ROOT,
              "Access: (%04o)  Uid: (    0/    root)   Gid: (    0/    root)",
              is.mode()));
      world.print("Modify: " + STAMP.format(is.modified()));
    }
    return status;
  }

  private static int du(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("d"));
    List<String> names = arguments.operands().isEmpty() ? List.of(".") : arguments.operands();
    for (String name : names) {
      long kilobytes = (bytes(world, world.path(name)) + 1023) / 1024;
      world.print((arguments.has("h") ? kilobytes + "K" : Long.toString(kilobytes)) + "\t" + name);
    }
    return 0;
  }

  private static long bytes(World world, String path) throws IOException {
    Optional<FileInfo> info = world.files().stat(path);
    if (info.isEmpty() || !info.get().isDirectory()) {
      return info.map(FileInfo::size).orElse(0L);
    }
    long sum = 4096;
    for (String child : world.files().list(path)) {
      sum += bytes(world, (path.equals("/") ? "" : path) + "/" + child);
    }
    return sum;
  }

  private static int ip(World world) throws IOException {
    String address = world.network().address();
    if (world.arguments().stream().anyMatch(word -> word.equals("add") || word.startsWith("del"))) {
      world.complain("ip: RTNETLINK answers: Operation not permitted");
      return 2;
    }
    if (world.arguments().stream().anyMatch(word -> word.startsWith("r"))) {
      String gateway = address.substring(0, address.lastIndexOf('.')) + ".1";
      world.print("default via " + gateway + " dev eth0");
      return 0;
    }
    world.print("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000");
    world.print("    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00");
    world.print("    inet 127.0.0.1/8 scope host lo");
    world.print("2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue");
    world.print("    inet " + address + "/24 scope global eth0");
    return 0;
  }

  private static int ifconfig(World world) throws IOException {
    world.print("eth0      Link encap:Ethernet");
    world.print("          inet addr:" + world.network().address() + "  Mask:255.255.255.0");
    world.print("          UP BROADCAST RUNNING MULTICAST  MTU:1450  Metric:1");
    world.print("");
    world.print("lo        Link encap:Local Loopback");
    world.print("          inet addr:127.0.0.1  Mask:255.0.0.0");
    return 0;
  }

  private static int realpath(World world) throws IOException {
    for (String name : Arguments.parse(world.arguments(), Set.of()).operands()) {
      world.print(world.path(name));
    }
    return 0;
  }

  private static int pidof(World world) throws IOException {
    List<String> wanted = world.arguments().subList(1, world.arguments().size());
    List<String> pids = new ArrayList<>();
    for (Task task : world.processes().list()) {
      String first = task.command().getFirst();
      if (wanted.contains(first.substring(first.lastIndexOf('/') + 1))) {
        pids.addFirst(Integer.toString(task.pid()));
      }
    }
    if (!pids.isEmpty()) {
      world.print(String.join(" ", pids));
    }
    return pids.isEmpty() ? 1 : 0;
  }

  private static int xargs(World world) throws IOException, InterruptedException {
    List<String> own = new ArrayList<>(world.arguments().subList(1, world.arguments().size()));
    int each = Integer.MAX_VALUE;
    while (!own.isEmpty() && own.getFirst().startsWith("-")) {
      String option = own.removeFirst();
      if (option.equals("-n") && !own.isEmpty()) {
        each = Math.max(1, Integer.parseInt(own.removeFirst()));
      }
    }
    List<String> command = own.isEmpty() ? List.of("echo") : own;
    @Nullable Program program = world.programs().find(command.getFirst()).orElse(null);
    if (program == null) {
      world.complain("xargs: " + command.getFirst() + ": No such file or directory");
      return 127;
    }
    List<String> words = new ArrayList<>();
    for (String line : Inputs.lines(world.in().readAllBytes())) {
      words.addAll(List.of(line.strip().split("\\s+", -1)));
    }
    words.removeIf(String::isEmpty);
    int status = 0;
    for (int at = 0; at < words.size(); at += Math.min(each, words.size() - at)) {
      List<String> line = new ArrayList<>(command);
      line.addAll(words.subList(at, at + Math.min(each, words.size() - at)));
      status = Math.max(status, child(world, program, line));
    }
    return status == 0 ? 0 : 123;
  }

  private static int child(World world, Program program, List<String> line)
      throws InterruptedException {
    Task task =
        world.spawn(
            new ProcessTable.Launch(
                program,
                line,
                world.environment(),
                world.directory(),
                world.streams().withIn(InputStream.nullInputStream())));
    try {
      return task.await();
    } catch (InterruptedException e) {
      task.signal(Signal.KILL);
      throw e;
    }
  }
}
