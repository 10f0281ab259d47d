package dev.drydock.bench;

/// One measured number.
///
/// @param group what was exercised: `api`
/// @param name `get, 16 connections: p99`
/// @param unit `req/s`, `ms`, `MB`, `s`
public record Figure(String group, String name, double value, String unit) {}
