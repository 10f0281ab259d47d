package dev.drydock.kubelet.rpc;

import java.util.HashSet;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Who calls, by its client certificate.
///
/// @param name the common name
/// @param groups the organisations
public record Peer(String name, Set<String> groups) {
  public static final String MASTERS = "system:masters";
  public static final String NODES = "system:nodes";

  public Peer {
    groups = Set.copyOf(groups);
  }

  /// @param subject in RFC 2253 form; an unreadable one is nobody
  static Peer of(String subject) {
    String name = "";
    Set<String> groups = new HashSet<>();
    try {
      for (Rdn part : new LdapName(subject).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          name = String.valueOf(part.getValue());
        } else if (part.getType().equalsIgnoreCase("O")) {
          groups.add(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      return new Peer("", Set.of());
    }
    return new Peer(name, groups);
  }

  /// The api-server, or an administrator.
  public boolean isControlPlane() {
    return name.equals("kube-apiserver-kubelet-client") || groups.contains(MASTERS);
  }
}
