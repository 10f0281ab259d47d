package dev.drydock.apiserver.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Makes the tokens of service accounts (sub-resource `serviceaccounts/NAME/token`).
public interface TokenIssuer {

  /// Signs a token.
  ///
  /// @throws dev.drydock.api.status.ApiException when the lifetime is too short
  IssuedToken issue(TokenOrder order);

  /// The audiences of a token that asks for none, and what the api-server itself accepts.
  List<String> defaultAudiences();

  /// The public keys as JSON (`/openid/v1/jwks`).
  String publicKeys();

  /// The discovery document as JSON (`/.well-known/openid-configuration`).
  String discovery();

  /// What a token shall say.
  ///
  /// @param serviceAccount whose it is
  /// @param audiences empty: the default ones
  /// @param lifetime asked for; the token may live shorter
  /// @param boundTo the objects with whose end the token ends: a Pod (and its Node), a Secret or
  ///     a Node
  record TokenOrder(
      ServiceAccountRef serviceAccount,
      List<String> audiences,
      Duration lifetime,
      List<BoundObject> boundTo) {
    public TokenOrder {
      audiences = List.copyOf(audiences);
      boundTo = List.copyOf(boundTo);
    }
  }

  /// One life of a service account.
  record ServiceAccountRef(String namespace, String name, String uid) {}

  /// One life of an object that a token is bound to.
  record BoundObject(Kind kind, String name, String uid) {

    /// What a token can be bound to.
    public enum Kind {
      POD,
      SECRET,
      NODE
    }
  }

  /// @param expires as told to the client
  record IssuedToken(String token, Instant expires) {}
}
