package dev.drydock.e2e.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final String ROOT = "dev.drydock.";

  private static final List<String> COMPONENTS =
      List.of("apiserver", "scheduler", "controllers", "kubelet", "kubeproxy");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/proto/"))
          .importPackages("dev.drydock");

  @ParameterizedTest
  @ValueSource(
      strings = {"api", "client", "apiserver", "scheduler", "controllers", "kubelet", "kubeproxy"})
  void packagesOfOneModuleHaveNoCycles(String module) {
    slices()
        .matching(ROOT + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .because("a reader must be able to begin at the bottom")
        .check(CODE);
  }

  @Test
  void componentsDoNotSeeEachOther() {
    for (String component : COMPONENTS) {
      String[] others =
          COMPONENTS.stream()
              .filter(other -> !other.equals(component))
              .map(other -> ROOT + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + component + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .because("components meet in the api-server, as in Kubernetes")
          .check(CODE);
    }
  }

  @Test
  void theObjectModelDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.file..", "io.grpc..", "io.netty..", ROOT + "client..")
        .because("pure code must visibly rest on values alone")
        .check(CODE);
  }

  @Test
  void onlyTheEtcdStoreKnowsEtcd() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "apiserver.storage.etcd..", ROOT + "testkit.etcd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.etcd..")
        .because("one wall per technology")
        .check(CODE);
  }

  @Test
  void onlyTheRpcPackagesKnowGrpcAndTheWire() {
    noClasses()
        .that(
            resideInAPackage("dev.drydock..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "..rpc..",
                            ROOT + "apiserver.nodeproxy..",
                            ROOT + "apiserver.storage.etcd..",
                            ROOT + "api.codec..",
                            ROOT + "lab..",
                            ROOT + "bench..",
                            ROOT + "dist..",
                            ROOT + "proto.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", ROOT + "proto..")
        .because("one wall per technology: what lies behind it can be replaced")
        .check(CODE);
  }

  @Test
  void onlyAMainChoosesTheTransport() {
    noClasses()
        .that(
            resideInAnyPackage(
                    ROOT + "scheduler..",
                    ROOT + "controllers..",
                    ROOT + "kubelet..",
                    ROOT + "kubeproxy..")
                .and(
                    new DescribedPredicate<>("are neither a Main nor transport themselves") {
                      @Override
                      public boolean test(JavaClass type) {
                        return !type.getName().contains(".Main")
                            && !type.getPackageName().contains(".rpc");
                      }
                    }))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "client.rpc..")
        .because("tests run every component on the fake API")
        .check(CODE);
  }

  @Test
  void theApiServerTakesFromTheClientLibraryOnlyWhatKnowsNoTransport() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "apiserver..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "client.rpc..",
            ROOT + "client.resource..",
            ROOT + "client.cache..",
            ROOT + "client.control..",
            ROOT + "client.queue..",
            ROOT + "client.leader..",
            ROOT + "client.event..")
        .because("the server is not a client of itself")
        .check(CODE);
  }

  @Test
  void schedulerPluginsArePureAndDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "scheduler.plugins.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "client..",
            ROOT + "scheduler.queue..",
            ROOT + "scheduler.cluster..",
            "java.time..")
        .because("a plugin judges by what it is handed")
        .check(CODE);
    slices()
        .matching(ROOT + "scheduler.plugins.(*)..")
        .should()
        .notDependOnEachOther()
        .because("a rule can be added or deleted as a folder")
        .check(CODE);
  }

  @Test
  void controllersDoNotKnowEachOther() {
    slices()
        .matching(ROOT + "controllers.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(),
            resideInAnyPackage(
                ROOT + "controllers.context..",
                ROOT + "controllers.ownership..",
                ROOT + "controllers.pods..",
                ROOT + "controllers.backends..",
                ROOT + "controllers.moment..",
                ROOT + "controllers.batch.."))
        .because("a controller can be read, tested and deleted as a folder")
        .check(CODE);
  }

  @Test
  void timeRandomnessAndIdentitiesAreHandedIn() {
    noClasses()
        .that(
            new DescribedPredicate<>("are neither a Main nor the system clock") {
              @Override
              public boolean test(JavaClass type) {
                return !type.getName().contains(".Main")
                    && !type.getPackageName().startsWith(ROOT + "testkit")
                    && !type.getPackageName().equals(ROOT + "client.time")
                    && !type.getPackageName().startsWith(ROOT + "bench")
                    && !type.getPackageName().startsWith(ROOT + "dist")
                    && !type.getPackageName().startsWith(ROOT + "lab.command");
              }
            })
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .because("a test must be able to drive them")
        .check(CODE);
  }

  @Test
  void noNameCouldHoldAnything() {
    noClasses()
        .should()
        .haveNameMatching(".*\\.(util|utils|common|helper|helpers|misc|base|impl)\\..*")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .because("a helper stays with its caller or becomes a named concept")
        .check(CODE);
  }

  @Test
  void noFieldIsGlobalAndChangeable() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because("state belongs to an object that somebody constructed")
        .check(CODE);
  }

  @Test
  void nobodyInherits() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areTopLevelClasses()
        .should(
            new ArchCondition<>("not be abstract") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                  events.add(SimpleConditionEvent.violated(type, type.getName() + " is abstract"));
                }
              }
            })
        .because("wrap, don't inherit")
        .check(CODE);
  }

  @Test
  void decisionsKnowNoClientAndNoClock() {
    noClasses()
        .that()
        .haveNameMatching(".*(Plan|Strategy|Plugin|Rules)")
        .and()
        .resideOutsideOfPackage(ROOT + "testkit..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "client..")
                .or(
                    DescribedPredicate.describe(
                        "are a clock", type -> type.isEquivalentTo(InstantSource.class))))
        .allowEmptyShould(true)
        .because("nearly all tests are tables over decisions")
        .check(CODE);
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    Map<String, List<JavaClass>> packages =
        CODE.stream().collect(Collectors.groupingBy(JavaClass::getPackageName));
    List<String> silent =
        packages.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().stream()
                        .noneMatch(
                            type ->
                                type.getSimpleName().equals("package-info")
                                    && type.isAnnotatedWith("org.jspecify.annotations.NullMarked")))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();

    assertThat(silent).as("packages without a @NullMarked package-info").isEmpty();
  }

  @Test
  void interfacesAndConstructorsAreSmall() {
    classes()
        .that()
        .areInterfaces()
        .and()
        .arePublic()
        .should(
            new ArchCondition<>("have at most 7 methods to implement") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                long methods =
                    type.getMethods().stream()
                        .filter(m -> m.getModifiers().contains(JavaModifier.ABSTRACT))
                        .count();
                if (methods > 7) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getName() + " has " + methods + " methods"));
                }
              }
            })
        .because("a wide interface is several concepts")
        .check(CODE);
    constructors()
        .that()
        .areDeclaredInClassesThat()
        .areNotRecords()
        .should(
            new ArchCondition<>("have at most 7 parameters") {
              @Override
              public void check(JavaConstructor constructor, ConditionEvents events) {
                if (constructor.getRawParameterTypes().size() > 7) {
                  events.add(
                      SimpleConditionEvent.violated(
                          constructor, constructor.getFullName() + " has too many parameters"));
                }
              }
            })
        .because("what needs more is more than one thing")
        .check(CODE);
  }

  @Test
  void thereIsNoMockLibrary() {
    assertThat(getClass().getClassLoader().getResource("org/mockito/Mockito.class")).isNull();
  }
}
