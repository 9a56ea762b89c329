"""What translates by machine, if the operator wants one: none does otherwise."""

from environ import Env

TRANSLATORS = "wagtail_localize.machine_translators"


def machine_of(env: Env) -> dict | None:
    """wagtail-localize's setting, as the environment wants it; DeepL goes first."""
    if key := env.str("DEEPL_AUTH_KEY", default=""):
        return {
            "CLASS": f"{TRANSLATORS}.deepl.DeepLTranslator",
            "OPTIONS": {"AUTH_KEY": key, "TIMEOUT": 20},
        }
    if address := env.str("LIBRETRANSLATE_URL", default=""):
        return {
            "CLASS": f"{TRANSLATORS}.libretranslate.LibreTranslator",
            "OPTIONS": {
                "LIBRETRANSLATE_URL": address.rstrip("/"),
                "API_KEY": env.str("LIBRETRANSLATE_API_KEY", default=""),
                "TIMEOUT": 20,
            },
        }
    return None
