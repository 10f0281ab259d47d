package dev.drydock.controllers.serviceaccount;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keyed by secret: fills Secrets that were made to hold the token of an account, and removes
/// them with it.
public final class AccountTokens implements Reconciler {
  private static final String TYPE = "kubernetes.io/service-account-token";
  private static final String NAME = "kubernetes.io/service-account.name";
  private static final String UID = "kubernetes.io/service-account.uid";

  private final Lister<Secret> secrets;
  private final ResourceClient<Secret> client;
  private final ResourceClient<ServiceAccount> accounts;
  private final AccountTokenSigner signer;
  private final String rootCa;

  private AccountTokens(
      Lister<Secret> secrets,
      ResourceClient<Secret> client,
      ResourceClient<ServiceAccount> accounts,
      AccountTokenSigner signer,
      String rootCa) {
    this.secrets = secrets;
    this.client = client;
    this.accounts = accounts;
    this.signer = signer;
    this.rootCa = rootCa;
  }

  /// Builds the controller.
  ///
  /// @param rootCa content of `--root-ca-file`; empty: none is written
  public static Component controller(
      ControllerContext context, AccountTokenSigner signer, String rootCa, int workers) {
    Informer<Secret> secrets = context.informers().informer(Kinds.SECRET);
    Informer<ServiceAccount> accounts = context.informers().informer(Kinds.SERVICE_ACCOUNT);
    Lister<Secret> known = secrets.lister();
    return Controller.named("serviceaccount-token-controller", context.environment())
        .of("secret")
        .workers(workers)
        .watch(secrets, secret -> isOurs(secret) ? List.of(ObjectKey.of(secret)) : List.of())
        .watch(accounts, account -> of(account, known))
        .reconcile(
            new AccountTokens(
                known,
                context.api().resource(Kinds.SECRET),
                context.api().resource(Kinds.SERVICE_ACCOUNT),
                signer,
                rootCa));
  }

  private static Collection<ObjectKey> of(ServiceAccount account, Lister<Secret> secrets) {
    return secrets.list().stream()
        .filter(secret -> isOurs(secret))
        .filter(
            secret ->
                secret.getMetadata().getNamespace().equals(account.getMetadata().getNamespace())
                    && accountName(secret).equals(account.getMetadata().getName()))
        .map(ObjectKey::of)
        .toList();
  }

  private static boolean isOurs(Secret secret) {
    return TYPE.equals(secret.getType()) && !accountName(secret).isEmpty();
  }

  private static String accountName(Secret secret) {
    return annotation(secret, NAME);
  }

  private static String annotation(Secret secret, String key) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(key, "");
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Secret> found = secrets.get(key).filter(AccountTokens::isOurs);
    if (found.isEmpty() || found.get().getMetadata().getDeletionTimestamp() != null) {
      return Result.done();
    }
    Secret secret = found.get();
    @Nullable ServiceAccount account = account(ObjectKey.of(key.namespace(), accountName(secret)));
    String known = annotation(secret, UID);
    if (account == null || !(known.isEmpty() || known.equals(account.getMetadata().getUid()))) {
      delete(key, secret);
    } else if (!isComplete(secret)) {
      client.update(completed(secret, account));
    }
    return Result.done();
  }

  /// Asked of the server: what it has just made may not have been seen yet.
  private @Nullable ServiceAccount account(ObjectKey key) {
    try {
      return accounts.get(key);
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private void delete(ObjectKey key, Secret secret) {
    try {
      client.delete(key, Deletion.DEFAULT.onlyIf(Uid.of(secret)));
    } catch (ApiException e) {
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
    }
  }

  private boolean isComplete(Secret secret) {
    Map<String, String> data = secret.getData();
    return data != null
        && data.containsKey("token")
        && data.containsKey("namespace")
        && (rootCa.isEmpty() || encoded(rootCa).equals(data.get("ca.crt")))
        && !annotation(secret, UID).isEmpty();
  }

  private Secret completed(Secret secret, ServiceAccount account) {
    Map<String, String> data =
        new HashMap<>(secret.getData() == null ? Map.of() : secret.getData());
    if (!rootCa.isEmpty()) {
      data.put("ca.crt", encoded(rootCa));
    }
    data.put("namespace", encoded(secret.getMetadata().getNamespace()));
    data.computeIfAbsent("token", _ -> encoded(signer.token(account, secret)));
    return new SecretBuilder(secret)
        .editMetadata()
        .addToAnnotations(UID, account.getMetadata().getUid())
        .endMetadata()
        .withData(data)
        .build();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
