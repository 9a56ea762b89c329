"""Where a browser finds a site that runs on one's own machine."""

from environ import Env

# All addresses of this machine are none that a browser could be sent to.
HERE = {"", "0.0.0.0", "127.0.0.1"}  # noqa: S104


def base_url(env: Env) -> str:
    """The address of `make run`, which exports HOST and PORT, empty if not given."""
    host, port = (env.str(name, default="") for name in ("HOST", "PORT"))
    local = f"http://{'localhost' if host in HERE else host}:{port or 8000}"
    return env.str("WAGTAILADMIN_BASE_URL", default="") or local
