package dev.drydock.apiserver.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Verification;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class AvailabilityRulesTest {
  private static final Backend BACKEND = new Backend("garden", "fl", 443, "", Verification.NONE);

  private static @Nullable ObjectNode tree(@Nullable String json) {
    return json == null
        ? null
        : TreeCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      value = {
        "- | - | ServiceNotFound: service/fl in \"garden\" is not present",
        "{'spec':{'ports':[{'port':80}]}} | -"
            + " | ServicePortError: service/fl in \"garden\" is not listening on port 443",
        "{'spec':{'ports':[{'port':443}]}} | -"
            + " | EndpointsNotFound: cannot find endpoints for service/fl in \"garden\"",
        "{'spec':{'ports':[{'port':443,'name':'s'}]}} | {'subsets':[{'addresses':[{'ip':'10.0.0.1'"
            + "}],'ports':[{'name':'t','port':1}]}]} | MissingEndpoints: endpoints for service/fl"
            + " in \"garden\" have no addresses with port name \"s\"",
        "{'spec':{'ports':[{'port':443,'name':'s'}]}} | {'subsets':[{'notReadyAddresses':[{'ip':"
            + "'10.0.0.1'}],'ports':[{'name':'s','port':1}]}]} | MissingEndpoints: endpoints for"
            + " service/fl in \"garden\" have no addresses with port name \"s\"",
        "{'spec':{'ports':[{'port':443,'name':'s'}]}} | {'subsets':[{'addresses':[{'ip':'10.0.0.1'"
            + "}],'ports':[{'name':'s','port':1}]}]} | -",
        "{'spec':{'type':'ExternalName','externalName':'x'}} | - | -"
      })
  void aServerCanOnlyBeThereWithServicePortAndAddress(
      @Nullable String service, @Nullable String endpoints, @Nullable String expected) {
    var found = AvailabilityRules.obstacle(BACKEND, tree(service), tree(endpoints));
    assertThat(found.map(it -> it.reason() + ": " + it.message()).orElse(null)).isEqualTo(expected);
  }
}
