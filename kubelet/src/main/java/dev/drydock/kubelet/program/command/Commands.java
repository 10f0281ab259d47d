package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Programs;
import java.util.HashMap;
import java.util.Map;

/// All commands by name.
public final class Commands implements Programs.Family {
  @Override
  public Map<String, Program> programs() {
    Map<String, Program> all = new HashMap<>();
    all.putAll(FileCommands.all());
    all.putAll(TextCommands.all());
    all.putAll(FilterCommands.all());
    all.putAll(SystemCommands.all());
    all.putAll(NetworkCommands.all());
    all.putAll(TerminalCommands.all());
    all.putAll(DigestCommands.all());
    all.putAll(MachineCommands.all());
    all.put("tar", new Tar());
    all.put("awk", new Awk());
    all.put("hexdump", new HexDump());
    return all;
  }
}
