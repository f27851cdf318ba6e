package org.scorebook.optim;

/**
 * The TorchScript of {@link AdamW}, in two forms. On the host a step is clipped, or skipped, by branches that wait for the norm, and
 * that no CUDA graph can hold. On the device there are none: {@code excess} is what gradients are divided by, 1 where nothing is
 * clipped, and {@code skipped} is 1 where the norm is not finite, else 0. PyTorch's fused optimizers then leave everything as it is;
 * a factor of 0 in its place would not, for 0 times NaN is NaN. Steps with a loss, of which several may be on their way, are skipped
 * after a skipped one: {@code h} holds it. What changes from step to step are arrays there, so that a graph can read them.
 *
 * @param onDevice whether it is the form without branches
 * @param averages whether an average is kept
 * @param weightDecay of the parameters
 * @param beta1 the memory of the mean gradient
 */
record AdamWProgram(boolean onDevice, boolean averages, double weightDecay, double beta1) {
    private static final String NORM = "torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g, 2)), 2)";
    private static final String SETTINGS_ON_HOST = """
              rate = float(torch.select(settings, 0, 0))
              limit = torch.select(settings, 0, 1)
              weight = float(torch.select(settings, 0, 2))
            """;
    private static final String SETTINGS_ON_DEVICE = """
              there = torch.to(settings, ops.prim.device(p[0]), 6, True, False, None)
              rate = torch.select(there, 0, 0)
              limit = torch.select(there, 0, 1)
              weight = torch.select(there, 0, 2)
            """;
    private static final String MOVE = "torch._fused_adamw_(p, g, m, v, [], k, lr=rate, beta1=BETA1, beta2=0.999, "
            + "weight_decay=DECAY, eps=1e-08, amsgrad=False, maximize=False";
    private static final String ON_HOST = """
              if bool(torch.isfinite(norm)):
                if bool(torch.gt(norm, limit)):
                  torch._foreach_mul_(g, torch.div(limit, norm))
                else:
                  pass
                torch._foreach_add_(k, 1)
                MOVE)
                CLEAR
                AVERAGE
              else:
                pass
            """;
    private static final String ON_DEVICE = """
              skipped = torch.to(torch.logical_not(torch.isfinite(norm)), 6, False, False, None)
              HOLD
              excess = torch.to(torch.clamp(torch.div(norm, limit), 1, None), 6, False, False, None)
              torch._foreach_add_(k, torch.rsub(skipped, 1))
              MOVE, grad_scale=excess, found_inf=skipped)
              CLEAR
              AVERAGE
            """;
    private static final String HOLD = "skipped = torch.copy_(h, torch.maximum(h, skipped))";
    private static final String AVERAGE_ON_DEVICE =
            "torch._fused_sgd_(a, torch._foreach_sub(a, p), [], weight_decay=0., "
                    + "momentum=0., lr=weight, dampening=0., nesterov=False, maximize=False, is_first_step=False, found_inf=skipped)";
    private static final String BY_GRADIENTS = """
            def run(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], k: List[Tensor], AVERAGESsettings: Tensor) -> List[Tensor]:
            """;
    private static final String WHOLE = """
            def run(self, p: List[Tensor], m: List[Tensor], v: List[Tensor], k: List[Tensor], AVERAGESh: Tensor, settings: Tensor, c: Tensor, x: List[Tensor]) -> List[Tensor]:
              o = 0
              q = annotate(List[Tensor], [])
              for i in range(torch.len(p)):
                _0 = torch.append(q, torch.requires_grad_(torch.detach(p[i]), True))
            """;

    /** Sets gradients to zero. */
    static final String CLEAR = """
            def run(self, g: List[Tensor]) -> List[Tensor]:
              torch._foreach_zero_(g)
              return [torch.__getitem__(g, 0)]
            """;

    /** A step by gradients that are there. */
    String byGradients() {
        String clear = onDevice ? "torch._foreach_mul_(g, skipped)" : "torch._foreach_zero_(g)";
        return declared(BY_GRADIENTS) + settings() + ("  norm = " + NORM + "\n") + update(clear, "pass")
                + "  return [norm]\n";
    }

    /** A step with a loss, whose gradients nobody needs afterwards; the norm is NaN where the loss is not finite. */
    String whole(String loss) {
        return declared(WHOLE)
                + loss
                + settings()
                + ("  norm = torch.add(" + NORM + ", torch.mul(loss, 0))\n")
                + update("pass", HOLD)
                + "  return torch.add([torch.stack([loss, torch.to(norm, 7, False, False, None)])], results)\n";
    }

    private String declared(String head) {
        return head.replace("AVERAGES", averages ? "a: List[Tensor], " : "");
    }

    private String settings() {
        return onDevice ? SETTINGS_ON_DEVICE : SETTINGS_ON_HOST;
    }

    private String update(String clear, String hold) {
        String average = onDevice ? AVERAGE_ON_DEVICE : "torch._foreach_lerp_(a, p, weight)";
        return (onDevice ? ON_DEVICE : ON_HOST)
                .replace("MOVE", MOVE)
                .replace("BETA1", Double.toString(beta1))
                .replace("DECAY", Double.toString(weightDecay))
                .replace("CLEAR", clear)
                .replace("HOLD", hold)
                .replace("AVERAGE", averages ? average : "pass");
    }
}
