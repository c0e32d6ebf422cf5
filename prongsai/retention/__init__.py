"""How long records are kept, what stops their destruction, and what stays when they are gone."""
