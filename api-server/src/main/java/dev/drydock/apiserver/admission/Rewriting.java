package dev.drydock.apiserver.admission;

/// What a [RewritingRule] did to one write.
interface Rewriting {
  /// Nobody was asked.
  Rewriting NONE =
      new Rewriting() {
        @Override
        public boolean hasChanged() {
          return false;
        }

        @Override
        public void again() {}
      };

  boolean hasChanged();

  /// The second look, after everybody had the first.
  void again();
}
