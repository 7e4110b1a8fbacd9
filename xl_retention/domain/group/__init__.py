"""Several stores as one group: what each gives, who is known in more than one, the figures of all together."""
