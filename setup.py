"""Build: the C core as a static library without Python's headers, then the extension that wraps it."""

import glob
import os

import numpy
from setuptools import Extension, setup
from setuptools.command.build_clib import build_clib
from setuptools.command.build_ext import build_ext

CORE_SOURCES = sorted(glob.glob("czcore/src/*/*.c"))
CORE_HEADERS = sorted(glob.glob("czcore/src/*/*.h") + glob.glob("czcore/include/**/*.h", recursive=True))
EXTENSION_SOURCES = sorted(glob.glob("python/czreport/_core/*.c"))
EXTENSION_HEADERS = sorted(glob.glob("python/czreport/_core/*.h"))

# char16_t literals and designated initialisers need C17 everywhere; MSVC names it differently and has no -O3.
# Optimisation comes after the flags that Python was built with, so that it wins.
UNIX_FLAGS = ["-std=c17", "-O3", "-ffp-contract=off", "-fPIC", "-fvisibility=hidden", "-pthread"]
MSVC_FLAGS = ["/std:c17", "/O2", "/utf-8"]


def flags_of(compiler):
    return MSVC_FLAGS if compiler.compiler_type == "msvc" else UNIX_FLAGS


class BuildCore(build_clib):
    """Knows the compiler only when it runs, and with it the flags."""

    def build_libraries(self, libraries):
        for _, info in libraries:
            info["cflags"] = flags_of(self.compiler)
        super().build_libraries(libraries)


class BuildExtension(build_ext):
    """Builds the library first, also when only build_ext was asked for (editable and in-place builds)."""

    def run(self):
        self.run_command("build_clib")
        super().run()

    def build_extension(self, extension):
        extension.extra_compile_args = flags_of(self.compiler)
        if self.compiler.compiler_type != "msvc":
            extension.extra_link_args = ["-pthread", "-lm"]
        library = os.path.join(self.get_finalized_command("build_clib").build_clib, "libczcore.a")
        extension.depends = [*EXTENSION_HEADERS, *CORE_HEADERS, library]
        super().build_extension(extension)


setup(
    libraries=[
        (
            "czcore",
            {
                "sources": CORE_SOURCES,
                "include_dirs": ["czcore/include"],
                "obj_deps": {"": CORE_HEADERS},
            },
        )
    ],
    ext_modules=[
        Extension(
            "czreport._core",
            sources=EXTENSION_SOURCES,
            include_dirs=["czcore/include", numpy.get_include()],
            language="c",
        )
    ],
    cmdclass={"build_clib": BuildCore, "build_ext": BuildExtension},
)
