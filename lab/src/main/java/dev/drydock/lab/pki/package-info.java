/// **Is** certificates, keys and kubeconfigs of a lab, laid out as kubeadm lays them out.
///
/// **May depend on** `lab.topology`, Bouncy Castle.
///
/// **Start reading at** [LabPki].
@NullMarked
package dev.drydock.lab.pki;

import org.jspecify.annotations.NullMarked;
