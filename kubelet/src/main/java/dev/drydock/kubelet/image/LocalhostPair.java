package dev.drydock.kubelet.image;

/// The certificate and key that test images bring along for `localhost`: no secret, and trusted by
/// nobody.
final class LocalhostPair {
  static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBrTCCAVSgAwIBAgIUC6tUP/982FxDTU1m4ZHSNiiP4mgwCgYIKoZIzj0EAwIw
      FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTAyMjMwNVoYDzIxMDkwMTEw
      MDIyMzA1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
      PQMBBwNCAATwYm6PWcfguWEvIC+OaqsKQ9RpHP2fcnUGX3GMJHLodrjwawBpeuhT
      XTeYkO4qaeVkUxEpUrPNJjhNk2QdNNrHo4GBMH8wHQYDVR0OBBYEFP7ZlqCPj9aM
      gnEPvZPIElayGlDVMB8GA1UdIwQYMBaAFP7ZlqCPj9aMgnEPvZPIElayGlDVMA8G
      A1UdEwEB/wQFMAMBAf8wLAYDVR0RBCUwI4cEfwAAAYcQAAAAAAAAAAAAAAAAAAAA
      AYIJbG9jYWxob3N0MAoGCCqGSM49BAMCA0cAMEQCIGZZ5M6jJAN94PHQd2rytCfH
      piXfAeI7+qL3JQ8h8MgIAiBMXvMA271lYIfrS6+uxx+6XbuIGNQZznrH/KStPrsY
      Fg==
      -----END CERTIFICATE-----
      """;

  static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpdGQe462iObEcBJw
      kWJKgflpWQC2RCoixsxB/7AwfJWhRANCAATwYm6PWcfguWEvIC+OaqsKQ9RpHP2f
      cnUGX3GMJHLodrjwawBpeuhTXTeYkO4qaeVkUxEpUrPNJjhNk2QdNNrH
      -----END PRIVATE KEY-----
      """;

  private LocalhostPair() {}
}
