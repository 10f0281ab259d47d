package dev.drydock.kubelet.program;

import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.network.PodNetwork;
import java.time.InstantSource;

/// What all processes of a container share.
public record Surroundings(
    Identity identity,
    User user,
    FileSystem files,
    PodNetwork network,
    InstantSource clock,
    Timers timers,
    Programs programs) {}
