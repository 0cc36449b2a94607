"""What people read about files, in Chinese."""

from domain.files.commands import Medium, MissingReason

FILE_MARK = "[图片]"
MEDIUM_LABEL = {Medium.IMAGE: "图片", Medium.VOICE: "语音", Medium.VIDEO: "视频", Medium.FILE: "文件"}
NOT_FORWARDED = "[{what}] 无法转发，已保存"
"""Stands in a relayed message for a file that this chat does not take."""
FILE_LOST = "[文件] 暂时无法转发"

FILE_MISSING = {
    MissingReason.EXPIRED: "您发来的{what}已经过期，没能保存下来。请重新发送一次。",
    MissingReason.TOO_LARGE: "您发来的{what}太大，没能保存下来。请压缩后重新发送一次。",
    MissingReason.REFUSED: "您发来的{what}没能保存下来。请重新发送一次，或用文字说明。",
}
FILE_REUSED = "工单 {number} 里 {sender_name} 发来的文件，与工单 {earlier_number} 里的完全相同，请核对。"
