package dev.drydock.lab.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// An identity: what proves it and what states it.
public record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {}
