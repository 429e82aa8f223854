"""Real servers, targets and agents on loopback, for tests of what runs. Everything that is started here is stopped by its pid."""
