package dev.drydock.apiserver.cel.value;

/// A type as a value: what `type(x)` gives and what `int` or `string` mean as names.
public record TypeName(String name) {}
