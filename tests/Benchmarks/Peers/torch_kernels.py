#!/usr/bin/env python3
"""PyTorch on CPU: kernels that the benchmarks compare with.

Needs PyTorch (Debian's python3-torch does). Usage: torch_kernels.py attention|elementwise [threads]
Prints one line for each figure: its name and the seconds that it takes.
"""
import sys, time
import torch

def seconds(action, samples=25):
    begin = time.perf_counter()
    while time.perf_counter() - begin < 0.3: action()
    calls, took = 1, 0.0
    while took < 5e-4:
        if took: calls *= 2
        start = time.perf_counter()
        for _ in range(calls): action()
        took = time.perf_counter() - start
    times = []
    for _ in range(samples):
        start = time.perf_counter()
        for _ in range(calls): action()
        times.append((time.perf_counter() - start) / calls)
    return sorted(times)[samples // 8]

def attention():
    heads, size, tokens = 6, 64, 1024
    for context in (64, 128, 256, 512, 1024):
        q, k, v, dy = (torch.randn(tokens // context, heads, context, size) for _ in range(4))
        for t in (q, k, v): t.requires_grad_()
        above = torch.tril(torch.ones(context, context)) == 0
        def step():
            scores = ((q @ k.transpose(-2, -1)) * size ** -0.5).masked_fill(above, float("-inf"))
            torch.autograd.grad(torch.softmax(scores, -1) @ v, (q, k, v), dy)
        print(f"attention:{context} {seconds(step):.9f}")

def elementwise():
    f = torch.nn.functional
    functions = {
        "Exp": torch.exp, "Expm1": torch.expm1, "Log": torch.log, "Log1p": torch.log1p, "Tanh": torch.tanh, "Sigmoid": torch.sigmoid, "Softplus": f.softplus,
        "Silu": f.silu, "Erf": torch.erf, "Gelu": f.gelu, "Sin": torch.sin, "Cos": torch.cos, "Tan": torch.tan, "Atan": torch.atan,
    }
    for kind, dtype in (("float", torch.float32), ("double", torch.float64)):
        x = ((torch.arange(1 << 16) * 7919 % 1000) * 0.01 - 4.995).to(dtype)
        y = x.abs()
        with torch.no_grad():
            for name, function in functions.items():
                argument = y if name == "Log" else x
                print(f"{name}:{kind} {seconds(lambda: function(argument)):.9f}")
            print(f"Pow:{kind} {seconds(lambda: torch.pow(y, x)):.9f}")

if len(sys.argv) > 2: torch.set_num_threads(int(sys.argv[2]))
else: torch.set_num_threads(1)
{"attention": attention, "elementwise": elementwise}[sys.argv[1]]()
