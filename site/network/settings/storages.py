"""Where files are kept: on this machine's disk or, with S3_BUCKET, in any S3 store."""

from typing import Any

from environ import Env

# For production: names that change with the content, so browsers keep them for ever.
HASHED_STATIC_FILES = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
}


def storages(env: Env) -> dict[str, dict[str, Any]]:
    """Django's `STORAGES`, as the environment wants them."""
    return {
        "default": s3(env) if env.str("S3_BUCKET", default="") else on_disk(),
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


def on_disk() -> dict[str, Any]:
    return {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def s3(env: Env) -> dict[str, Any]:
    """A private bucket: each file is shown by a signed address, good for an hour."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            # Without an address and keys it is Amazon's own, with the machine's role.
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "region_name": env.str("S3_REGION", default=None),
            "access_key": env.str("S3_ACCESS_KEY_ID", default=None),
            "secret_key": env.str("S3_SECRET_ACCESS_KEY", default=None),
            # The bucket in the path: a store of one's own has no name for each bucket.
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,
            "querystring_auth": True,
            # Two cities may each have a plan.pdf.
            "file_overwrite": False,
        },
    }
