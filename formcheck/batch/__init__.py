"""Many clips: found in folders, checked side by side, kept, and told in one overview."""
