# A LLaMA-architecture decoder as a TorchScript module without parameters: every method takes the weights.
# Read at run time by ScriptArchive.java, compiled by libtorch; no Python interpreter is involved.
#
# Axes: B rows, T longest row, N real tokens of all rows, D hidden, H query heads, K key/value heads, E head size,
#       F feed-forward, V vocabulary, S cached positions, L layers, M selected (scored) positions.
#
# p     weights in the order of StudentConfig.parameterShapes(): embedding [V, D]; per layer input norm [D],
#       q [H*E, D], k [K*E, D], v [K*E, D], o [D, H*E], post-attention norm [D], gate [F, D], up [F, D], down [D, F];
#       final norm [D]; head [V, D] unless tied
# dims  int64 [5]: L, H, K, E, 1 if the head is tied to the embedding
# eps   float64 [1]: epsilon of the RMS norms
# cos, sin  float32 [positions, E]: rotary tables, halves repeated (Hugging Face convention)
#
# A packed batch is rows laid end to end, without padding, except inside attention:
# ids, position  int64 [N]; spread int64 [B, T] (packed index of a cell; of any token for a padding cell);
# collect int64 [N] (cell in the flattened [B*T] of a packed token)
class Decoder(Module):
    __parameters__ = []
    __buffers__ = []

    # x [..., E] rotated: the second half joins the first with a quarter turn.
    def rotate(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        half = torch.floordiv(torch.size(x, -1), 2)
        low = torch.narrow(x, -1, 0, half)
        high = torch.narrow(x, -1, half, half)
        return torch.add(torch.mul(x, cos), torch.mul(torch.cat([torch.neg(high), low], -1), sin))

    # Rows of x [R, C] by index [...]: an embedding look-up, whose backward is the fastest scatter-add on CPU.
    def rows(self: __torch__.Decoder, x: Tensor, index: Tensor) -> Tensor:
        return torch.embedding(x, index, -1, False, False)

    def feed_forward(self: __torch__.Decoder, x: Tensor, norm: Tensor, gate_up: Tensor, down: Tensor, eps: float) -> Tensor:
        h = torch.linear(torch.rms_norm(x, [torch.size(x, -1)], norm, eps), gate_up)
        f = torch.size(down, 1)
        a = torch.mul(torch.silu(torch.narrow(h, -1, 0, f)), torch.narrow(h, -1, f, f))
        return torch.add(x, torch.linear(a, down))

    # Packed hidden states [N, D] before the final norm.
    def hidden(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, p: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: float) -> Tensor:
        layers = int(dims[0])
        heads = int(dims[1])
        kv = int(dims[2])
        size = int(dims[3])
        n = torch.size(ids, 0)
        b = torch.size(spread, 0)
        t = torch.size(spread, 1)
        c = torch.unsqueeze(torch.index_select(cos, 0, position), 1)
        s = torch.unsqueeze(torch.index_select(sin, 0, position), 1)
        x = self.rows(p[0], ids)
        for layer in range(layers):
            i = 1 + layer * 9
            h = torch.rms_norm(x, [torch.size(x, -1)], p[i], eps)
            qkv = torch.view(torch.linear(h, torch.cat([p[i + 1], p[i + 2], p[i + 3]], 0)), [n, heads + 2 * kv, size])
            qk = self.rotate(torch.narrow(qkv, 1, 0, heads + kv), c, s)
            v = torch.narrow(qkv, 1, heads + kv, kv)
            cells = self.rows(torch.reshape(torch.cat([qk, v], 1), [n, -1]), spread)
            cells = torch.transpose(torch.view(cells, [b, t, heads + 2 * kv, size]), 1, 2)
            q = torch.narrow(cells, 1, 0, heads)
            k = torch.narrow(cells, 1, heads, kv)
            w = torch.narrow(cells, 1, heads + kv, kv)
            if heads != kv:
                k = torch.repeat_interleave(k, torch.floordiv(heads, kv), 1)
                w = torch.repeat_interleave(w, torch.floordiv(heads, kv), 1)
            a = torch.scaled_dot_product_attention(q, k, w, None, 0., True)
            a = self.rows(torch.reshape(torch.transpose(a, 1, 2), [b * t, heads * size]), collect)
            x = torch.add(x, torch.linear(a, p[i + 4]))
            x = self.feed_forward(x, p[i + 5], torch.cat([p[i + 6], p[i + 7]], 0), p[i + 8], eps)
        return x

    def head(self: __torch__.Decoder, x: Tensor, p: List[Tensor], dims: Tensor, eps: float) -> Tensor:
        last = 1 + int(dims[0]) * 9
        w = p[0]
        if int(dims[4]) == 0:
            w = p[last + 1]
        return torch.linear(torch.rms_norm(x, [torch.size(x, -1)], p[last], eps), w)

    # Logits [M, V] at packed positions selected [M].
    def logits(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, p: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        e = float(eps[0])
        x = self.hidden(ids, position, spread, collect, p, cos, sin, dims, e)
        return self.head(torch.index_select(x, 0, selected), p, dims, e)

    # Negative log-likelihoods [M] of target [M] at packed positions selected [M].
    def nll(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, p: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        e = float(eps[0])
        x = self.hidden(ids, position, spread, collect, p, cos, sin, dims, e)
        return torch.cross_entropy_loss(self.head(torch.index_select(x, 0, selected), p, dims, e), target, None, 0, -100, 0.)

    # loss = sum of weight * nll, but a token of negative weight beyond the ceiling counts for nothing.
    # Returns the gradients in the order of p, and float64 [5]: loss, positive tokens, their NLL sum, negative tokens, theirs.
    def backward(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, weight: Tensor, p: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: Tensor, ceiling: float) -> Tuple[List[Tensor], Tensor]:
        torch.set_grad_enabled(True)
        e = float(eps[0])
        leaves = annotate(List[Tensor], [])
        for w in p:
            torch.append(leaves, torch.requires_grad_(torch.detach(w), True))
        x = self.hidden(ids, position, spread, collect, leaves, cos, sin, dims, e)
        scores = self.head(self.rows(x, selected), leaves, dims, e)
        nll = torch.cross_entropy_loss(scores, target, None, 0, -100, 0.)
        seen = torch.detach(nll)
        negative = torch.lt(weight, 0)
        effective = torch.masked_fill(weight, torch.__and__(negative, torch.gt(seen, ceiling)), 0.)
        loss = torch.sum(torch.mul(nll, effective))
        found = torch.grad([loss], leaves, None, None, False, False)
        torch.set_grad_enabled(False)
        gradients = annotate(List[Tensor], [])
        for g in found:
            torch.append(gradients, unchecked_cast(Tensor, g))
        exact = torch.to(seen, 7)
        positive = torch.gt(weight, 0)
        stats = [torch.sum(torch.mul(exact, torch.to(effective, 7))), torch.to(torch.sum(positive), 7), torch.sum(torch.mul(exact, positive)), torch.to(torch.sum(negative), 7), torch.sum(torch.mul(exact, negative))]
        return (gradients, torch.stack(stats, 0))

    # Adds the gradients of a batch to g; returns the five figures of backward.
    def accumulate(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, weight: Tensor, hyper: Tensor, p: List[Tensor], g: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: Tensor) -> Tensor:
        gradients, stats = self.backward(ids, position, spread, collect, selected, target, weight, p, cos, sin, dims, eps, float(hyper[0]))
        torch._foreach_add_(g, gradients)
        return stats

    # AdamW with decoupled weight decay after clipping g to a global norm; g is overwritten. Returns the norm before clipping.
    # hyper float64 [8]: nll ceiling, step number (from 1), learning rate, beta1, beta2, epsilon, weight decay, clip norm.
    # A norm that is not finite changes nothing.
    def update(self: __torch__.Decoder, hyper: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
        norms = torch._foreach_norm(g, 2)
        norm = torch.linalg_vector_norm(torch.to(torch.stack(norms, 0), 7), 2)
        size = float(norm)
        if size - size == 0.:
            clip = float(hyper[7])
            if size > clip:
                torch._foreach_mul_(g, clip / (size + 9.9999999999999995e-07))
            step = torch.to(hyper[1], 6)
            steps = annotate(List[Tensor], [])
            for w in p:
                torch.append(steps, step)
            torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=float(hyper[2]), beta1=float(hyper[3]), beta2=float(hyper[4]), weight_decay=float(hyper[6]), eps=float(hyper[5]), amsgrad=False, maximize=False)
        return norm

    # Forward, backward and update in one call. Returns float64 [6]: the five figures of backward and the gradient norm.
    def step(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, weight: Tensor, hyper: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: Tensor) -> Tensor:
        gradients, stats = self.backward(ids, position, spread, collect, selected, target, weight, p, cos, sin, dims, eps, float(hyper[0]))
        norm = self.update(hyper, p, gradients, m, v)
        return torch.cat([stats, torch.unsqueeze(norm, 0)], 0)

    # Clears accumulated gradients after an update.
    def apply(self: __torch__.Decoder, hyper: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
        norm = self.update(hyper, p, g, m, v)
        torch._foreach_zero_(g)
        return norm

    # Hidden state [B, D] of the last of t new positions; keys and values [B, K, S, E] of every layer are filled in place.
    # x [B, t, D]; cos, sin [B, t, 1, E]; mask [B, 1, t, start + t] is added to the attention scores.
    def advance(self: __torch__.Decoder, x: Tensor, start: int, mask: Tensor, keys: List[Tensor], values: List[Tensor], p: List[Tensor], fused: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: float) -> Tensor:
        heads = int(dims[1])
        kv = int(dims[2])
        size = int(dims[3])
        group = torch.floordiv(heads, kv)
        b = torch.size(x, 0)
        t = torch.size(x, 1)
        for layer in range(int(dims[0])):
            i = 1 + layer * 9
            h = torch.rms_norm(x, [torch.size(x, -1)], p[i], eps)
            qkv = torch.view(torch.linear(h, fused[2 * layer]), [b, t, heads + 2 * kv, size])
            qk = torch.transpose(self.rotate(torch.narrow(qkv, 2, 0, heads + kv), cos, sin), 1, 2)
            q = torch.narrow(qk, 1, 0, heads)
            torch.copy_(torch.narrow(keys[layer], 2, start, t), torch.narrow(qk, 1, heads, kv))
            torch.copy_(torch.narrow(values[layer], 2, start, t), torch.transpose(torch.narrow(qkv, 2, heads + kv, kv), 1, 2))
            k = torch.narrow(keys[layer], 2, 0, start + t)
            v = torch.narrow(values[layer], 2, 0, start + t)
            if group != 1:
                if t == 1:
                    # The query heads of a group share keys: they stand where query positions would.
                    q = torch.reshape(q, [b, kv, group, size])
                else:
                    k = torch.repeat_interleave(k, group, 1)
                    v = torch.repeat_interleave(v, group, 1)
            a = torch.scaled_dot_product_attention(q, k, v, mask, 0., False)
            if t == 1:
                a = torch.reshape(a, [b, 1, heads * size])
            else:
                a = torch.reshape(torch.transpose(a, 1, 2), [b, t, heads * size])
            x = torch.add(x, torch.linear(a, p[i + 4]))
            x = self.feed_forward(x, p[i + 5], fused[2 * layer + 1], p[i + 8], eps)
        return torch.select(x, 1, t - 1)

    # Greedy continuation of left-padded prompts ids [B, T] with pad [B] padding cells each, at most limit [1] tokens,
    # until a token of eos or the last position. Returns int64 [B, limit]; cells after a row's end are -1. Rows that ended
    # leave the batch once they are a quarter of it.
    def decode(self: __torch__.Decoder, ids: Tensor, pad: Tensor, limit: Tensor, eos: Tensor, p: List[Tensor], cos: Tensor, sin: Tensor, dims: Tensor, eps: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        e = float(eps[0])
        most = int(limit)
        layers = int(dims[0])
        b = torch.size(ids, 0)
        t = torch.size(ids, 1)
        positions = torch.size(cos, 0)
        fused = annotate(List[Tensor], [])
        keys = annotate(List[Tensor], [])
        values = annotate(List[Tensor], [])
        for layer in range(layers):
            i = 1 + layer * 9
            torch.append(fused, torch.cat([p[i + 1], p[i + 2], p[i + 3]], 0))
            torch.append(fused, torch.cat([p[i + 6], p[i + 7]], 0))
            torch.append(keys, torch.zeros([b, int(dims[2]), t + most, int(dims[3])]))
            torch.append(values, torch.zeros([b, int(dims[2]), t + most, int(dims[3])]))
        column = torch.arange(t + most)
        prompt = torch.narrow(column, 0, 0, t)
        query = torch.unsqueeze(prompt, 1)
        real = torch.ge(torch.unsqueeze(column, 0), torch.unsqueeze(pad, 1))
        # float32 [B, 1, 1, T + limit]: minus infinity at padding
        shade = torch.unsqueeze(torch.unsqueeze(torch.masked_fill(torch.zeros([b, t + most]), torch.logical_not(real), -inf), 1), 1)
        seen = torch.__and__(torch.unsqueeze(torch.narrow(real, 1, 0, t), 1), torch.le(torch.unsqueeze(prompt, 0), query))
        seen = torch.__or__(seen, torch.eq(torch.unsqueeze(prompt, 0), query))
        mask = torch.unsqueeze(torch.masked_fill(torch.zeros([b, t, t]), torch.logical_not(seen), -inf), 1)
        position = torch.clamp(torch.sub(torch.unsqueeze(prompt, 0), torch.unsqueeze(pad, 1)), 0)
        c = torch.unsqueeze(torch.embedding(cos, position), 2)
        s = torch.unsqueeze(torch.embedding(sin, position), 2)
        h = self.advance(torch.embedding(p[0], ids), 0, mask, keys, values, p, fused, c, s, dims, e)
        out = torch.full([b, most], -1, dtype=4)
        rows = torch.arange(b)
        active = torch.ones([b], dtype=11)
        start = t
        n = 0
        running = True
        while running:
            token = torch.argmax(self.head(h, p, dims, e), -1)
            torch.index_copy_(torch.select(out, 1, n), 0, rows, torch.masked_fill(token, torch.logical_not(active), -1))
            active = torch.__and__(active, torch.logical_not(torch.isin(token, eos)))
            active = torch.__and__(active, torch.lt(torch.sub(start, pad), positions))
            n = n + 1
            count = int(torch.sum(active))
            if n == most or count == 0:
                running = False
            else:
                if 4 * count <= 3 * torch.size(active, 0):
                    keep = torch.squeeze(torch.nonzero(active), 1)
                    rows = torch.index_select(rows, 0, keep)
                    pad = torch.index_select(pad, 0, keep)
                    token = torch.index_select(token, 0, keep)
                    shade = torch.index_select(shade, 0, keep)
                    active = torch.index_select(active, 0, keep)
                    for layer in range(layers):
                        keys[layer] = torch.index_select(keys[layer], 0, keep)
                        values[layer] = torch.index_select(values[layer], 0, keep)
                # Rows that ended and have not left yet may stand beyond the last position.
                here = torch.unsqueeze(torch.clamp(torch.sub(start, pad), None, positions - 1), 1)
                c = torch.unsqueeze(torch.embedding(cos, here), 2)
                s = torch.unsqueeze(torch.embedding(sin, here), 2)
                x = torch.unsqueeze(torch.embedding(p[0], token), 1)
                h = self.advance(x, start, torch.narrow(shade, 3, 0, start + 1), keys, values, p, fused, c, s, dims, e)
                start = start + 1
        return out
