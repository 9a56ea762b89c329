from tests.fixtures import ada, as_ada, english, french, home

__all__ = ["ada", "as_ada", "english", "french", "home"]
