"""What people read when many reminders become one message, in Chinese."""

FOLD_TITLE = "{count} 张工单需要处理"
FOLD_SOME_URGENT = "{count} 张工单需要处理，其中 {urgent} 张紧急"
FOLD_ALL_URGENT = "{count} 张紧急工单需要处理"
FOLD_MORE = "还有 {count} 张，随后发送。"
