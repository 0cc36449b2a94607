"""WeCom: callbacks in, messages and cards out, on wechatpy's crypto and client base."""
