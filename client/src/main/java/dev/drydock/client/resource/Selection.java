package dev.drydock.client.resource;

/// Which objects of a type.
///
/// @param namespace empty: all
/// @param labels label selector as in a URL; empty: all
/// @param fields field selector as in a URL (`spec.nodeName=node-1`); empty: all
public record Selection(String namespace, String labels, String fields) {
  public static final Selection ALL = new Selection("", "", "");

  public static Selection inNamespace(String namespace) {
    return new Selection(namespace, "", "");
  }

  public Selection withLabels(String selector) {
    return new Selection(namespace, selector, fields);
  }

  public Selection withFields(String selector) {
    return new Selection(namespace, labels, selector);
  }
}
