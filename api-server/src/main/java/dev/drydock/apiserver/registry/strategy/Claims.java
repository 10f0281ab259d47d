package dev.drydock.apiserver.registry.strategy;

import tools.jackson.databind.node.ObjectNode;

/// Things that objects of a kind hold exclusively, such as a Service's addresses. They are taken
/// before the object is stored and given back when storing fails or the object ends.
public interface Claims {

  /// For kinds that claim nothing.
  Claims NONE =
      new Claims() {
        @Override
        public Claim forCreate(ObjectNode object, Rehearsal rehearsal) {
          return Claim.NOTHING;
        }

        @Override
        public Claim forUpdate(ObjectNode object, ObjectNode before, Rehearsal rehearsal) {
          return Claim.NOTHING;
        }

        @Override
        public void release(ObjectNode last) {}
      };

  /// Takes what a new object needs and writes it into the object.
  Claim forCreate(ObjectNode object, Rehearsal rehearsal);

  /// Takes what a changed object needs in addition.
  Claim forUpdate(ObjectNode object, ObjectNode before, Rehearsal rehearsal);

  /// Gives back all that a deleted object held.
  void release(ObjectNode last);

  /// Whether the write is a dry run: then nothing is kept.
  enum Rehearsal {
    REAL,
    DRY_RUN
  }

  /// What was taken for one write; exactly one of the methods is called, except when the outcome
  /// of the write is not known: then neither, and the repair loop finds out.
  interface Claim {
    Claim NOTHING =
        new Claim() {
          @Override
          public void keep() {}

          @Override
          public void undo() {}
        };

    /// The write succeeded; what it no longer needs is given back.
    void keep();

    /// The write failed; what was taken for it is given back.
    void undo();
  }
}
