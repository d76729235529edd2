// The version is checked before anything else is loaded, so that an old Node says a sentence and not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  process.stderr.write(
    `node        Node ${process.versions.node} is too old; 20.9 or newer is needed. [start.node_version]\n` +
      "            Install it from https://nodejs.org, then start again.\n",
  );
  process.exit(1);
}
const { main } = await import("./launch.mjs");
// Everything is ended by now; what a library may still hold open must not keep the terminal.
process.exit(await main(process.argv.slice(2)));
