"""One repository for each area's port."""
