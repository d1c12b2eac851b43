# check: fails unless Apache answers on its admin listener
must_ask
echo end
