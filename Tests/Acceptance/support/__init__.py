"""What the acceptance tests share: the built binary, the example models, and what it renders from them."""
