package dev.tritontube.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private static final Routes WHO =
      routing ->
          routing.get(
              "/who",
              ctx ->
                  Json.answer(
                      ctx,
                      200,
                      Map.of(
                          "network",
                          ClientNetwork.of(ctx).name(),
                          "secure",
                          ctx.req().isSecure())));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                    | 203.0.113.7",
        "1.1.1.1, 203.0.113.7           | 203.0.113.7",
        "1.1.1.1, 203.0.113.7, 10.2.3.4 | 203.0.113.7",
        "203.0.113.7:1234               | 203.0.113.7",
        "10.1.1.1, 10.2.3.4             | 10.1.1.1",
        "2001:db8:1:2:3:4:5:6           | 20010db800010002/64",
        "[2001:db8:1:2:9::1]:443        | 20010db800010002/64",
        "203.0.113.7, unknown           | 127.0.0.1",
        "'<script>, 10.2.3.4'           | 10.2.3.4",
      })
  void theNearestWhoIsNoProxyIsTheClient(String forwarded, String network) throws Exception {
    assertEquals(network, who(true, "X-Forwarded-For", forwarded).get("network"));
  }

  @Test
  void othersAreNotBelieved() throws Exception {
    Map<String, Object> who =
        who(false, "X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https");
    assertEquals("127.0.0.1", who.get("network"));
    assertEquals(false, who.get("secure"));
  }

  @Test
  void aProxyMaySpeakTls() throws Exception {
    assertEquals(true, who(true, "X-Forwarded-Proto", "https").get("secure"));
    assertEquals(false, who(true, "X-Forwarded-Proto", "http").get("secure"));
    assertEquals(false, who(true, "X-Other", "https").get("secure"));
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    for (String wrong : List.of("proxy.example.com", "10.0.0.0/99", "10.0.0", "", "a-b")) {
      assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of(wrong)), wrong);
    }
  }

  private static Map<String, Object> who(boolean trusted, String... headers) throws Exception {
    TrustedProxies proxies =
        TrustedProxies.of(trusted ? List.of("127.0.0.1", "10.0.0.0/8") : List.of("10.0.0.0/8"));
    try (ServerBed bed = new ServerBed(HttpServer.Manners.USUAL.with(proxies), WHO)) {
      return new com.fasterxml.jackson.databind.ObjectMapper()
          .readValue(
              bed.get("/who", headers).body(),
              new com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>>() {});
    }
  }
}
