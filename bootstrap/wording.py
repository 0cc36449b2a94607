"""Why a file cannot be read, said in Chinese; what is wrong inside it stands in domain/kernel/mistakes.py."""

import errno
from collections.abc import Mapping

_WHY: Mapping[int | None, str] = {
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径不对",
    errno.EACCES: "没有权限读取",
    errno.EPERM: "没有权限读取",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
}


def unreadable(file: object, error: OSError) -> str:
    """Return why a file cannot be read."""
    return f"读不了文件 {file}：{_WHY.get(error.errno, '磁盘或系统出错')}"
