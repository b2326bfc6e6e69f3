"""What tests share: builders, actors, peers, and what a test may require of the machine. Holds no test."""
