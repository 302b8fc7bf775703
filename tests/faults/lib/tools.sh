# What a fault case needs of the machine. A case that cannot run says why and fails; it never passes unseen.

need_tools() { # installs the Debian packages that are missing
  local -A package=([ip]=iproute2 [nft]=nftables [redis-server]=redis-server [redis-cli]=redis-tools [curl]=curl
    [jq]=jq [faketime]=faketime [ping]=iputils-ping)
  local tool missing=()
  for tool in "${!package[@]}"; do command -v "$tool" >/dev/null || missing+=("${package[$tool]}"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  [ "$(id -u)" -eq 0 ] || { refuse "missing packages: ${missing[*]} (not root, so they cannot be installed)"; }
  apt-get update >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    refuse "could not install: ${missing[*]}"
}

need_namespaces() {
  [ "$(id -u)" -eq 0 ] || refuse "needs root: network namespaces, cgroups and mounts"
  ip netns add "$net-try" 2>/dev/null || refuse "network namespaces are not permitted here"
  ip netns delete "$net-try"
}

need_silo() {
  local file
  for file in "$silo_dll" "$cli_dll"; do
    [ -e "$file" ] || refuse "$file is not there; build first: dotnet build -c Release"
  done
}

refuse() { echo "FAIL $case_id: $*"; exit 1; }
