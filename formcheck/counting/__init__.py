"""From measures to reps, holds and faults: state machines, rules, and the session around them."""
