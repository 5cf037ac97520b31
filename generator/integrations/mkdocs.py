"""The plugin of MkDocs: pages that document models get a link to their JSON Schema, and say what fieldgen found in them."""

from __future__ import annotations

import os
from html import escape
from typing import Literal
from urllib.parse import quote

from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice, Optional
from mkdocs.config.config_options import File as FileOption
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from generator.integrations.schemas import Served, read_schemas

log = get_plugin_logger("fieldgen")


class FieldgenConfig(Config):
    """The keys below `fieldgen:` in mkdocs.yml."""

    config = Optional(FileOption(exists=True))
    diagnostics = Choice(("serve", "always", "never"), default="serve")


class FieldgenPlugin(BasePlugin[FieldgenConfig]):
    """Serves one schema for each source of the config whose docs are in the site."""

    serving = False

    def on_startup(
        self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool
    ) -> None:
        """Remember whether somebody is writing: only then do pages show what is wrong with them."""
        self.serving = command == "serve"

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Read the sources and add their schemas to the site."""
        start = os.path.dirname(config.config_file_path or "") or "."
        self.served: list[Served] = []
        try:
            self.served = read_schemas(start, self.config.config, config.docs_dir)
        except ValueError as error:
            raise PluginError(f"fieldgen: {error}") from None
        for served in self.served:
            files.append(File.generated(config, served.uri, content=served.text))
        return files

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Add to a page the links to its models, and what was found in it."""
        uri = page.file.src_uri
        parts = [markdown]
        for served in self.served:
            schema = files.get_file_from_path(served.uri)
            keys = served.keys.get(uri)
            if keys and schema:
                url = get_relative_url(schema.url, page.url)
                parts.append(_links(url, keys))
            parts.append(self._found(served, uri))
        return "\n\n".join(part for part in parts if part)

    def _found(self, served: Served, uri: str) -> str:
        """The findings of a page as a box, where it is to be shown. The log has them anyway: with `--strict` they stop the build."""
        lines = []
        for found in served.found.get(uri, ()):
            text = f"{uri}:{found.span.line}:{found.span.column}: {found.severity}[{found.code}]: {found.message}"
            (log.info if found.severity == "note" else log.warning)("%s", text)
            lines.append(f"<li>{escape(text.removeprefix(uri + ':'))}</li>")
        shown = self.config.diagnostics
        if not lines or shown == "never" or (shown == "serve" and not self.serving):
            return ""
        title = '<p class="admonition-title">fieldgen</p>'
        return f'<div class="admonition warning">{title}<ul>{"".join(lines)}</ul></div>'

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: object
    ) -> None:
        """Watch what is not in the folder of the docs, too: the config, dialects, templates."""
        for path in sorted({path for served in self.served for path in served.inputs}):
            server.watch(path)


def _links(url: str, keys: tuple[str, ...]) -> str:
    links = [f'<a href="{escape(url)}#/$defs/{quote(k)}">{escape(k)}</a>' for k in keys]
    return f'<p class="fieldgen-schema">JSON Schema: {", ".join(links)}</p>'
