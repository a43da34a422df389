"""Nobody does what he may not, and bad input neither crashes nor stalls."""
