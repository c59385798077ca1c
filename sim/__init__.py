"""The simulated market: invented people, companies, texts and pictures, all from a seed, and what they do all year.

Words and pictures are pure (a `random.Random` in, values out); `market` calls the product's own actions.
"""
