# suits: refuses when the site's configuration is not what docs/proxy-configuration.md expects. Changes nothing, takes no lock.
must_ask
wrong=$(suits)
[ -z "$wrong" ] || refuse 70 "$(printf '%s' "$wrong" | head -n 1). docs/proxy-configuration.md says what a proxy needs"
echo end
