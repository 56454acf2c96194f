"""The month around a proposal: what people decide about it, what changed, and what goes on to the next month."""
