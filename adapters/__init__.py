"""Everything that touches the world: platforms, storage, delivery, the clock."""
