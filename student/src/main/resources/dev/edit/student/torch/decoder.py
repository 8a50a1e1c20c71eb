# A LLaMA-architecture decoder as a TorchScript module without parameters: every method takes the weights.
# Read at run time by ScriptArchive.java, compiled by libtorch; no Python interpreter is involved.
# One file although it is long: the hot kernel, one module whose methods share plan and layers. `edit bench train` measures it;
# docs/training.md has the figures: 0.93 to 0.98 of plain PyTorch's time for the same step.
#
# Axes: B rows, T longest row, N real tokens of all rows, D hidden, H query heads, K key/value heads, E head size,
#       F feed-forward, V vocabulary, S cached positions, L layers, M selected (scored) positions, R rank of an adapter,
#       P pairs of a preference batch.
#
# p     weights; where each stands is in the plan. Matrices are [outputs, inputs]. They may be in half precision when they are frozen
# a     adapter: A [R, inputs] and B [outputs, R] for every adapted module; one tensor that nothing reads if there is none
# cos, sin   float32 [positions, E/2]: rotary tables; both halves of a head turn by the same angles (Hugging Face convention)
# constants  float64 [3]: epsilon of the RMS norms; scale and dropout of the adapter
# plan  int64, read once per call:
#    0 L   1 H   2 K   3 E   4 sliding window, 0 for none   5 first layer with the window
#    6 1: matrix products in bfloat16   7 1: q, k, v in one product   8 1: gate, up in one product
#    9 1: keep only the layers' inputs for the backward pass and compute the rest again
#   10 most logits that are held at a time   11 embedding   12 final norm   13 head   14 first weight of the first layer
#   15 weights per layer   16 adapter tensors per layer, 0 for no adapter   17 input norm, from a layer's first weight
#   18 post-attention norm   19-25 q k v o gate up down   26-32 their biases, -1 for none   33-39 their adapters, -1 for none
#
# A packed batch is rows laid end to end, without padding, except inside attention:
# ids, position  int64 [N]; spread int64 [B, T] (packed index of a cell; of any token for a padding cell);
# collect int64 [N] (cell in the flattened [B*T] of a packed token)
class Decoder(Module):
    __parameters__ = []
    __buffers__ = []

    def numbers(self: __torch__.Decoder, plan: Tensor) -> List[int]:
        out = annotate(List[int], [])
        for i in range(torch.size(plan, 0)):
            torch.append(out, int(plan[i]))
        return out

    def reals(self: __torch__.Decoder, constants: Tensor) -> List[float]:
        out = annotate(List[float], [])
        for i in range(torch.size(constants, 0)):
            torch.append(out, float(constants[i]))
        return out

    # The first of p in bfloat16, and back in float32: Java can make and read float32 alone.
    def halve(self: __torch__.Decoder, p: List[Tensor]) -> Tensor:
        return torch.to(p[0], 15)

    def widen(self: __torch__.Decoder, p: List[Tensor]) -> Tensor:
        return torch.to(p[0], 6)

    # x [..., E] rotated: place i of the lower half and place i of the upper half are a point in the plane.
    # turns are two tensors of E, see turns.
    def rotate(self: __torch__.Decoder, x: Tensor, turns: List[Tensor]) -> Tensor:
        half = torch.floordiv(torch.size(x, -1), 2)
        return torch.add(torch.mul(x, turns[0]), torch.mul(torch.roll(x, [half], [-1]), turns[1]))

    # What rotate multiplies by [..., E] and, after an exchange of halves, by [..., E]: of cos, sin [..., E/2].
    def turns(self: __torch__.Decoder, cos: Tensor, sin: Tensor) -> List[Tensor]:
        return [torch.cat([cos, cos], -1), torch.cat([torch.neg(sin), sin], -1)]

    # Rows of x [R, C] by index [...]: an embedding look-up, whose backward is the fastest scatter-add on CPU.
    def rows(self: __torch__.Decoder, x: Tensor, index: Tensor) -> Tensor:
        return torch.embedding(x, index, -1, False, False)

    def norm(self: __torch__.Decoder, x: Tensor, w: Tensor, constants: List[float]) -> Tensor:
        return torch.rms_norm(x, [torch.size(x, -1)], torch.to(w, 6), constants[0])

    # w [O, I] applied to x [..., I].
    def dense(self: __torch__.Decoder, x: Tensor, w: Tensor, plan: List[int]) -> Tensor:
        if plan[6] == 1:
            y = torch.to(torch.linear(torch.to(x, 15), torch.to(w, 15)), 6)
        else:
            y = torch.linear(x, torch.to(w, 6))
        return y

    # x with a share of its cells zero and the others enlarged in proportion; the same seed drops the same cells.
    def dropped(self: __torch__.Decoder, x: Tensor, share: float, seed: int) -> Tensor:
        generator = torch.Generator(device=ops.prim.device(x), seed=0)
        ignored = torch.manual_seed(generator, seed)
        kept = torch.bernoulli_(torch.empty_like(x), 1. - share, generator=generator)
        return torch.mul(torch.mul(x, kept), 1. / (1. - share))

    # One of the modules 0 q, 1 k, 2 v, 3 o, 4 gate, 5 up, 6 down of a layer, with bias and adapter. No dropout if seed < 0.
    def project(self: __torch__.Decoder, x: Tensor, module: int, layer: int, p: List[Tensor], a: List[Tensor], plan: List[int], constants: List[float], seed: int) -> Tensor:
        first = plan[14] + layer * plan[15]
        y = self.dense(x, p[first + plan[19 + module]], plan)
        if plan[26 + module] >= 0:
            y = torch.add(y, torch.to(p[first + plan[26 + module]], 6))
        if plan[33 + module] >= 0:
            i = layer * plan[16] + plan[33 + module]
            h = x
            if seed >= 0 and constants[2] > 0.:
                h = self.dropped(x, constants[2], seed + 7 * layer + module)
            y = torch.add(y, torch.mul(self.dense(self.dense(h, a[i], plan), a[i + 1], plan), constants[1]))
        return y

    # The matrices of q, k, v of a layer as one.
    def joined_qkv(self: __torch__.Decoder, layer: int, p: List[Tensor], plan: List[int]) -> Tensor:
        first = plan[14] + layer * plan[15]
        return torch.cat([p[first + plan[19]], p[first + plan[20]], p[first + plan[21]]], 0)

    def joined_gate_up(self: __torch__.Decoder, layer: int, p: List[Tensor], plan: List[int]) -> Tensor:
        first = plan[14] + layer * plan[15]
        return torch.cat([p[first + plan[23]], p[first + plan[24]]], 0)

    # Queries, keys and values [..., H + 2K, E] of normed states h [..., D]; joined is joined_qkv where the plan asks for it.
    def qkv(self: __torch__.Decoder, h: Tensor, layer: int, joined: Tensor, p: List[Tensor], a: List[Tensor], plan: List[int], constants: List[float], seed: int) -> Tensor:
        first = plan[14] + layer * plan[15]
        if plan[7] == 1:
            y = self.dense(h, joined, plan)
            if plan[26] >= 0:
                y = torch.add(y, torch.cat([p[first + plan[26]], p[first + plan[27]], p[first + plan[28]]], 0))
        else:
            q = self.project(h, 0, layer, p, a, plan, constants, seed)
            k = self.project(h, 1, layer, p, a, plan, constants, seed)
            v = self.project(h, 2, layer, p, a, plan, constants, seed)
            y = torch.cat([q, k, v], -1)
        return torch.unflatten(y, -1, [plan[1] + 2 * plan[2], plan[3]])

    def feed_forward(self: __torch__.Decoder, x: Tensor, layer: int, joined: Tensor, p: List[Tensor], a: List[Tensor], plan: List[int], constants: List[float], seed: int) -> Tensor:
        h = self.norm(x, p[plan[14] + layer * plan[15] + plan[18]], constants)
        if plan[8] == 1:
            y = self.dense(h, joined, plan)
            gate, up = torch.chunk(y, 2, -1)
        else:
            gate = self.project(h, 4, layer, p, a, plan, constants, seed)
            up = self.project(h, 5, layer, p, a, plan, constants, seed)
        return torch.add(x, self.project(torch.mul(torch.silu(gate), up), 6, layer, p, a, plan, constants, seed))

    # softmax(q k') v for q [B, H, t, E]; keys k and values v [B, K, S, E]. Without a mask: causal.
    def attend(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], plan: List[int]) -> Tensor:
        if plan[6] == 1:
            y = torch.to(torch.scaled_dot_product_attention(torch.to(q, 15), torch.to(k, 15), torch.to(v, 15), mask, 0., torch.__is__(mask, None)), 6)
        else:
            y = torch.scaled_dot_product_attention(q, k, v, mask, 0., torch.__is__(mask, None))
        return y

    # What every layer reads of a packed batch: turns [N, 1, E] (two), spread, collect and, for rows longer than the sliding
    # window, the cells [T, T] that a query sees through it.
    def frame(self: __torch__.Decoder, position: Tensor, spread: Tensor, collect: Tensor, cos: Tensor, sin: Tensor, plan: List[int]) -> List[Tensor]:
        c = torch.unsqueeze(torch.index_select(cos, 0, position), 1)
        s = torch.unsqueeze(torch.index_select(sin, 0, position), 1)
        out = self.turns(c, s)
        torch.append(out, spread)
        torch.append(out, collect)
        if plan[4] > 0 and torch.size(spread, 1) > plan[4]:
            column = torch.sub(torch.cumsum(torch.ones_like(spread[0]), 0), 1)
            back = torch.sub(torch.unsqueeze(column, 1), torch.unsqueeze(column, 0))
            torch.append(out, torch.__and__(torch.ge(back, 0), torch.lt(back, plan[4])))
        return out

    # One layer: x [N, D] to [N, D].
    def layer(self: __torch__.Decoder, x: Tensor, layer: int, frame: List[Tensor], p: List[Tensor], a: List[Tensor], plan: List[int], constants: List[float], seed: int) -> Tensor:
        heads = plan[1]
        kv = plan[2]
        n = torch.size(x, 0)
        b = torch.size(frame[2], 0)
        t = torch.size(frame[2], 1)
        joined = x
        if plan[7] == 1:
            joined = self.joined_qkv(layer, p, plan)
        h = self.norm(x, p[plan[14] + layer * plan[15] + plan[17]], constants)
        qkv = self.qkv(h, layer, joined, p, a, plan, constants, seed)
        qk, w = torch.split_with_sizes(qkv, [heads + kv, kv], 1)
        qk = self.rotate(qk, frame)
        if n == b * t:
            # Rows of one length fill the rectangle as they are.
            qk = torch.view(qk, [b, t, heads + kv, plan[3]])
            w = torch.transpose(torch.view(w, [b, t, kv, plan[3]]), 1, 2)
            q, k = torch.split_with_sizes(torch.transpose(qk, 1, 2), [heads, kv], 1)
        else:
            cells = self.rows(torch.reshape(torch.cat([qk, w], 1), [n, -1]), frame[2])
            cells = torch.transpose(torch.view(cells, [b, t, heads + 2 * kv, plan[3]]), 1, 2)
            q, k, w = torch.split_with_sizes(cells, [heads, kv, kv], 1)
        if heads != kv:
            k = torch.repeat_interleave(k, torch.floordiv(heads, kv), 1)
            w = torch.repeat_interleave(w, torch.floordiv(heads, kv), 1)
        mask = annotate(Optional[Tensor], None)
        if torch.len(frame) > 4 and layer >= plan[5]:
            mask = frame[4]
        y = torch.transpose(self.attend(q, k, w, mask, plan), 1, 2)
        y = torch.reshape(y, [b * t, heads * plan[3]])
        if n != b * t:
            y = self.rows(y, frame[3])
        x = torch.add(x, self.project(y, 3, layer, p, a, plan, constants, seed))
        if plan[8] == 1:
            joined = self.joined_gate_up(layer, p, plan)
        return self.feed_forward(x, layer, joined, p, a, plan, constants, seed)

    # Packed hidden states [N, D] before the final norm.
    def hidden(self: __torch__.Decoder, ids: Tensor, frame: List[Tensor], p: List[Tensor], a: List[Tensor], plan: List[int], constants: List[float], seed: int) -> Tensor:
        x = torch.to(self.rows(p[plan[11]], ids), 6)
        for layer in range(plan[0]):
            x = self.layer(x, layer, frame, p, a, plan, constants, seed)
        return x

    # Logits [..., V] of hidden states [..., D].
    def head(self: __torch__.Decoder, x: Tensor, p: List[Tensor], plan: List[int], constants: List[float]) -> Tensor:
        return self.dense(self.norm(x, p[plan[12]], constants), p[plan[13]], plan)

    # How many rows of logits are held at a time.
    def height(self: __torch__.Decoder, p: List[Tensor], plan: List[int]) -> int:
        fit = torch.floordiv(plan[10], torch.size(p[plan[13]], 0))
        if fit < 1:
            fit = 1
        return fit

    # Negative log-likelihoods [M] of target [M] given hidden states x [M, D], a few rows of logits at a time.
    def unlikelihood(self: __torch__.Decoder, x: Tensor, target: Tensor, p: List[Tensor], plan: List[int], constants: List[float]) -> Tensor:
        found = annotate(List[Tensor], [])
        height = self.height(p, plan)
        start = 0
        while start < torch.size(x, 0):
            n = torch.size(x, 0) - start
            if n > height:
                n = height
            logits = self.head(torch.narrow(x, 0, start, n), p, plan, constants)
            torch.append(found, torch.cross_entropy_loss(logits, torch.narrow(target, 0, start, n), None, 0, -100, 0.))
            start = start + n
        return torch.cat(found, 0)

    # Logits [M, V] at packed positions selected [M].
    def logits(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, p: List[Tensor], a: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        i = self.numbers(plan)
        r = self.reals(constants)
        x = self.hidden(ids, self.frame(position, spread, collect, cos, sin, i), p, a, i, r, -1)
        return self.head(torch.index_select(x, 0, selected), p, i, r)

    # Negative log-likelihoods [M] of target [M] at packed positions selected [M].
    def nll(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, p: List[Tensor], a: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        i = self.numbers(plan)
        r = self.reals(constants)
        x = self.hidden(ids, self.frame(position, spread, collect, cos, sin, i), p, a, i, r, -1)
        return self.unlikelihood(torch.index_select(x, 0, selected), target, p, i, r)

    # Per pair, beta times how much more the right response gained over the reference than the wrong one: float64 [P].
    # weight [M] is 1 on tokens of right responses and -1 on those of wrong ones.
    def margins(self: __torch__.Decoder, nll: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, beta: float) -> Tensor:
        gained = torch.index_add(torch.neg(reference), 0, pair, torch.neg(torch.mul(torch.to(nll, 7), torch.to(weight, 7))))
        return torch.mul(gained, beta)

    # Derivative [M] of the loss by every token's negative log-likelihood.
    # Weighted tokens: the weight, but 0 where it is negative and the token is beyond the ceiling.
    # Preferences (hyper[9] > 0): share * beta * sigmoid(-margin) of the token's pair, with the sign of its response.
    def slope(self: __torch__.Decoder, nll: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: List[float]) -> Tensor:
        if hyper[9] > 0.:
            pull = torch.mul(torch.sigmoid(torch.neg(self.margins(nll, weight, pair, reference, hyper[9]))), hyper[9] * hyper[10])
            d = torch.mul(weight, torch.to(torch.index_select(pull, 0, pair), 6))
        else:
            d = torch.masked_fill(weight, torch.__and__(torch.lt(weight, 0), torch.gt(nll, hyper[0])), 0.)
        return d

    # float64 [5]: loss, positive tokens, their NLL sum, negative tokens, theirs.
    def figures(self: __torch__.Decoder, nll: Tensor, d: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: List[float]) -> Tensor:
        exact = torch.to(nll, 7)
        positive = torch.gt(weight, 0)
        negative = torch.lt(weight, 0)
        if hyper[9] > 0.:
            loss = torch.mul(torch.sum(torch.softplus(torch.neg(self.margins(nll, weight, pair, reference, hyper[9])))), hyper[10])
        else:
            loss = torch.sum(torch.mul(exact, torch.to(d, 7)))
        return torch.stack([loss, torch.to(torch.sum(positive), 7), torch.sum(torch.mul(exact, positive)), torch.to(torch.sum(negative), 7), torch.sum(torch.mul(exact, negative))], 0)

    # Loss and derivatives by the selected hidden states x [M, D], a few rows of logits at a time.
    # Returns figures and derivatives by x [M, D] and, unless the adapter is trained, by final norm and head.
    def head_backward(self: __torch__.Decoder, x: Tensor, target: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: List[float], p: List[Tensor], plan: List[int], constants: List[float]) -> Tuple[Tensor, List[Tensor]]:
        m = torch.size(x, 0)
        height = self.height(p, plan)
        whole = weight
        if hyper[9] > 0. and m > height:
            # A pair's derivative depends on all of its tokens, which no single part of the logits holds.
            torch.set_grad_enabled(False)
            whole = self.slope(self.unlikelihood(x, target, p, plan, constants), weight, pair, reference, hyper)
        torch.set_grad_enabled(True)
        seen = annotate(List[Tensor], [])
        slopes = annotate(List[Tensor], [])
        states = annotate(List[Tensor], [])
        shared = annotate(List[Tensor], [])
        start = 0
        while start < m:
            n = m - start
            if n > height:
                n = height
            leaf = torch.requires_grad_(torch.detach(torch.narrow(x, 0, start, n)), True)
            leaves = [leaf]
            if plan[16] == 0:
                torch.append(leaves, p[plan[12]])
                torch.append(leaves, p[plan[13]])
            nll = torch.cross_entropy_loss(self.head(leaf, p, plan, constants), torch.narrow(target, 0, start, n), None, 0, -100, 0.)
            now = torch.detach(nll)
            d = torch.narrow(whole, 0, start, n)
            if hyper[9] == 0. or m <= height:
                d = self.slope(now, d, pair, reference, hyper)
            found = torch.grad([torch.sum(torch.mul(nll, d))], leaves, None, None, False, False)
            torch.append(states, unchecked_cast(Tensor, found[0]))
            for k in range(torch.len(found) - 1):
                g = unchecked_cast(Tensor, found[k + 1])
                if start == 0:
                    torch.append(shared, g)
                else:
                    torch.add_(shared[k], g)
            torch.append(seen, now)
            torch.append(slopes, d)
            start = start + n
        torch.set_grad_enabled(False)
        stats = self.figures(torch.cat(seen, 0), torch.cat(slopes, 0), weight, pair, reference, hyper)
        out = [torch.cat(states, 0)]
        for g in shared:
            torch.append(out, g)
        return (stats, out)

    # Adds found to gradients from index start on.
    def place(self: __torch__.Decoder, found: List[Optional[Tensor]], skip: int, start: int, gradients: List[Tensor]) -> NoneType:
        for k in range(torch.len(found) - skip):
            g = found[k + skip]
            if torch.__isnot__(g, None):
                gradients[start + k] = unchecked_cast(Tensor, g)
        return None

    # Derivatives by the trained tensors, with every layer computed again from its input: w and a are leaves or frozen.
    def layerwise(self: __torch__.Decoder, ids: Tensor, frame: List[Tensor], selected: Tensor, target: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: List[float], w: List[Tensor], a: List[Tensor], plan: List[int], constants: List[float], seed: int, gradients: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
        torch.set_grad_enabled(False)
        x = torch.to(self.rows(w[plan[11]], ids), 6)
        inputs = annotate(List[Tensor], [])
        for layer in range(plan[0]):
            torch.append(inputs, x)
            x = self.layer(x, layer, frame, w, a, plan, constants, seed)
        stats, outer = self.head_backward(torch.index_select(x, 0, selected), target, weight, pair, reference, hyper, w, plan, constants)
        g = torch.embedding_dense_backward(outer[0], selected, torch.size(x, 0), -1, False)
        for back in range(plan[0]):
            layer = plan[0] - 1 - back
            torch.set_grad_enabled(True)
            leaf = torch.requires_grad_(torch.detach(inputs[layer]), True)
            y = self.layer(leaf, layer, frame, w, a, plan, constants, seed)
            leaves = [leaf]
            start = layer * plan[16]
            count = plan[16]
            if plan[16] == 0:
                start = plan[14] + layer * plan[15]
                count = plan[15]
            for k in range(count):
                if plan[16] == 0:
                    torch.append(leaves, w[start + k])
                else:
                    torch.append(leaves, a[start + k])
            found = torch.grad([y], leaves, annotate(List[Optional[Tensor]], [g]), None, False, False)
            torch.set_grad_enabled(False)
            self.place(found, 1, start, gradients)
            g = unchecked_cast(Tensor, found[0])
        if plan[16] == 0:
            gradients[plan[11]] = torch.embedding_dense_backward(g, ids, torch.size(w[plan[11]], 0), -1, False)
        return (stats, outer)

    # The loss's derivatives by the trained tensors (the adapter if there is one, else the weights), and figures.
    def backward(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: List[float], p: List[Tensor], a: List[Tensor], cos: Tensor, sin: Tensor, plan: List[int], constants: List[float]) -> Tuple[List[Tensor], Tensor]:
        leaves = annotate(List[Tensor], [])
        gradients = annotate(List[Tensor], [])
        w = p
        trained = p
        if plan[16] > 0:
            trained = a
        for t in trained:
            leaf = torch.requires_grad_(torch.detach(t), True)
            torch.append(leaves, leaf)
            torch.append(gradients, leaf)
        if plan[16] > 0:
            a = leaves
        else:
            w = leaves
        seed = int(hyper[8])
        frame = self.frame(position, spread, collect, cos, sin, plan)
        if plan[9] == 1:
            stats, outer = self.layerwise(ids, frame, selected, target, weight, pair, reference, hyper, w, a, plan, constants, seed, gradients)
        else:
            torch.set_grad_enabled(True)
            x = self.rows(self.hidden(ids, frame, w, a, plan, constants, seed), selected)
            stats, outer = self.head_backward(torch.detach(x), target, weight, pair, reference, hyper, w, plan, constants)
            self.place(torch.grad([x], leaves, annotate(List[Optional[Tensor]], [outer[0]]), None, False, True), 0, 0, gradients)
        torch.set_grad_enabled(False)
        if plan[16] == 0:
            gradients[plan[12]] = outer[1]
            if plan[13] == plan[11]:
                gradients[plan[13]] = torch.add(outer[2], gradients[plan[13]])
            else:
                gradients[plan[13]] = outer[2]
        return (gradients, stats)

    # Adds the gradients of a batch to g; returns figures.
    # hyper float64 [11]: nll ceiling, step number (from 1), learning rate, beta1, beta2, epsilon, weight decay, clip norm,
    # seed of the dropout, beta of preferences (0: weighted tokens), share of a pair in the loss.
    def accumulate(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: Tensor, p: List[Tensor], a: List[Tensor], g: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        gradients, stats = self.backward(ids, position, spread, collect, selected, target, weight, pair, reference, self.reals(hyper), p, a, cos, sin, self.numbers(plan), self.reals(constants))
        torch._foreach_add_(g, gradients)
        return stats

    # AdamW with decoupled weight decay of the trained tensors t after clipping g to a global norm; g is overwritten.
    # Returns the norm before clipping. A norm that is not finite changes nothing.
    def update(self: __torch__.Decoder, hyper: List[float], t: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
        norms = torch._foreach_norm(g, 2)
        norm = torch.linalg_vector_norm(torch.to(torch.stack(norms, 0), 7), 2)
        size = float(norm)
        if size - size == 0.:
            if size > hyper[7]:
                torch._foreach_mul_(g, hyper[7] / (size + 9.9999999999999995e-07))
            step = torch.full_like(norms[0], hyper[1])
            steps = annotate(List[Tensor], [])
            for w in t:
                torch.append(steps, step)
            torch._fused_adamw_(t, g, m, v, annotate(List[Tensor], []), steps, lr=hyper[2], beta1=hyper[3], beta2=hyper[4], weight_decay=hyper[6], eps=hyper[5], amsgrad=False, maximize=False)
        return norm

    # Forward, backward and update in one call. Returns float64 [6]: figures and the gradient norm.
    def step(self: __torch__.Decoder, ids: Tensor, position: Tensor, spread: Tensor, collect: Tensor, selected: Tensor, target: Tensor, weight: Tensor, pair: Tensor, reference: Tensor, hyper: Tensor, p: List[Tensor], a: List[Tensor], m: List[Tensor], v: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        h = self.reals(hyper)
        i = self.numbers(plan)
        gradients, stats = self.backward(ids, position, spread, collect, selected, target, weight, pair, reference, h, p, a, cos, sin, i, self.reals(constants))
        trained = p
        if i[16] > 0:
            trained = a
        norm = self.update(h, trained, gradients, m, v)
        return torch.cat([stats, torch.unsqueeze(norm, 0)], 0)

    # Updates the trained tensors t with accumulated gradients, which are then cleared.
    def apply(self: __torch__.Decoder, hyper: Tensor, t: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
        norm = self.update(self.reals(hyper), t, g, m, v)
        torch._foreach_zero_(g)
        return norm

    # Adds factor [1] times the adapter's products to the weights, in place.
    def merge(self: __torch__.Decoder, factor: Tensor, p: List[Tensor], a: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        i = self.numbers(plan)
        scale = float(factor[0]) * float(constants[1])
        for layer in range(i[0]):
            for module in range(7):
                if i[33 + module] >= 0:
                    k = layer * i[16] + i[33 + module]
                    torch.add_(p[i[14] + layer * i[15] + i[19 + module]], torch.mul(torch.matmul(a[k + 1], a[k]), scale))
        return torch.clone(factor)

    # The token that follows each row, given its logits [B, V]. chance: temperature and top-p. With temperature 0 the most
    # probable token. Otherwise tokens stand by falling probability, those after the first ones that sum to top-p are
    # dropped, and the row's draw in [0, 1) picks one by the cumulative probabilities of the rest.
    # draws float64 [B, n]; column at belongs to this token.
    def pick(self: __torch__.Decoder, logits: Tensor, chance: List[float], draws: Tensor, at: int) -> Tensor:
        if chance[0] <= 0.:
            return torch.argmax(logits, -1)
        share = torch.softmax(torch.div(torch.to(logits, 7), chance[0]), -1)
        falling, order = torch.sort(share, -1, True)
        before = torch.sub(torch.cumsum(falling, -1), falling)
        total = torch.cumsum(torch.masked_fill(falling, torch.ge(before, chance[1]), 0.), -1)
        draw = torch.unsqueeze(torch.select(draws, 1, at), 1)
        target = torch.mul(draw, torch.narrow(total, -1, torch.size(total, -1) - 1, 1))
        place = torch.sum(torch.le(total, target), [-1], True)
        return torch.squeeze(torch.gather(order, -1, place), -1)

    # Decoding. k, v: of every layer the cached keys and values [B, S, K, E] of B slots; a slot holds one row from its first
    # cell on. What stands beyond a row's last cell is left over from former rows, and never read.
    # j: of every layer joined_qkv and joined_gate_up, filled by join; anything where the plan does not ask for them.

    # Fills j. Returns anything.
    def join(self: __torch__.Decoder, any: Tensor, p: List[Tensor], j: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        d = self.numbers(plan)
        for layer in range(d[0]):
            if d[7] == 1:
                torch.copy_(j[2 * layer], self.joined_qkv(layer, p, d))
            if d[8] == 1:
                torch.copy_(j[2 * layer + 1], self.joined_gate_up(layer, p, d))
        return torch.clone(any)

    # Attention [b, t, H E] of a prompt's queries, keys and values, which are written to the slots' first cells. Causal: what is
    # padded at the right is never seen. window [t, t] in layers with the sliding window.
    def read(self: __torch__.Decoder, qk: Tensor, w: Tensor, slots: Tensor, k: Tensor, v: Tensor, window: Optional[Tensor], plan: List[int]) -> Tensor:
        heads = plan[1]
        kv = plan[2]
        b = torch.size(qk, 0)
        t = torch.size(qk, 1)
        q, key = torch.split_with_sizes(qk, [heads, kv], 2)
        ignored = torch.index_copy_(torch.narrow(k, 1, 0, t), 0, slots, key)
        ignored = torch.index_copy_(torch.narrow(v, 1, 0, t), 0, slots, w)
        key = torch.transpose(key, 1, 2)
        w = torch.transpose(w, 1, 2)
        if heads != kv:
            key = torch.repeat_interleave(key, torch.floordiv(heads, kv), 1)
            w = torch.repeat_interleave(w, torch.floordiv(heads, kv), 1)
        y = self.attend(torch.transpose(q, 1, 2), key, w, window, plan)
        return torch.reshape(torch.transpose(y, 1, 2), [b, t, heads * plan[3]])

    # The same [b, 1, H E] of one token more in each of the first b slots, which is written to cell [b] of all slots' cells. mask
    # [b, 1, 1, cells] is added to the scores of the slots' first cells. The query heads of a group share keys: they stand where
    # query positions would.
    def extended(self: __torch__.Decoder, qk: Tensor, w: Tensor, cell: Tensor, k: Tensor, v: Tensor, mask: Tensor, plan: List[int]) -> Tensor:
        kv = plan[2]
        b = torch.size(qk, 0)
        seen = torch.size(mask, 3)
        q, key = torch.split_with_sizes(torch.squeeze(qk, 1), [plan[1], kv], 1)
        ignored = torch.index_copy_(torch.flatten(k, 0, 1), 0, cell, key)
        ignored = torch.index_copy_(torch.flatten(v, 0, 1), 0, cell, torch.squeeze(w, 1))
        key = torch.transpose(torch.narrow(torch.narrow(k, 0, 0, b), 1, 0, seen), 1, 2)
        w = torch.transpose(torch.narrow(torch.narrow(v, 0, 0, b), 1, 0, seen), 1, 2)
        y = self.attend(torch.reshape(q, [b, kv, torch.floordiv(plan[1], kv), plan[3]]), key, w, mask, plan)
        return torch.reshape(y, [b, 1, plan[1] * plan[3]])

    # Hidden states [b, t, D] of new tokens x [b, t, D]. turns [b, t, 1, E] (two); where is slots of whole prompts, or the cell
    # of each row's new token. masks: none, or for layers without and with the sliding window.
    def advance(self: __torch__.Decoder, x: Tensor, where: Tensor, prompts: bool, masks: List[Optional[Tensor]], k: List[Tensor], v: List[Tensor], p: List[Tensor], a: List[Tensor], j: List[Tensor], turns: List[Tensor], plan: List[int], constants: List[float]) -> Tensor:
        for layer in range(plan[0]):
            h = self.norm(x, p[plan[14] + layer * plan[15] + plan[17]], constants)
            qkv = self.qkv(h, layer, j[2 * layer], p, a, plan, constants, -1)
            qk, w = torch.split_with_sizes(qkv, [plan[1] + plan[2], plan[2]], 2)
            qk = self.rotate(qk, turns)
            mask = masks[0]
            if plan[4] > 0 and layer >= plan[5]:
                mask = masks[1]
            if prompts:
                y = self.read(qk, w, where, k[layer], v[layer], mask, plan)
            else:
                y = self.extended(qk, w, where, k[layer], v[layer], unchecked_cast(Tensor, mask), plan)
            x = torch.add(x, self.project(y, 3, layer, p, a, plan, constants, -1))
            x = self.feed_forward(x, layer, j[2 * layer + 1], p, a, plan, constants, -1)
        return x

    # Reads prompts ids [b, T], padded at the right, of length [b], into slots [b]. place [b, T] are rows of cos and sin.
    # Returns the token after each, int64 [b]; pick says what chance and draws mean.
    def admit(self: __torch__.Decoder, ids: Tensor, length: Tensor, slots: Tensor, place: Tensor, chance: Tensor, draws: Tensor, p: List[Tensor], a: List[Tensor], k: List[Tensor], v: List[Tensor], j: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        d = self.numbers(plan)
        r = self.reals(constants)
        b = torch.size(ids, 0)
        t = torch.size(ids, 1)
        masks = annotate(List[Optional[Tensor]], [None, None])
        if d[4] > 0 and t > d[4]:
            column = torch.sub(torch.cumsum(torch.ones_like(ids[0]), 0), 1)
            back = torch.sub(torch.unsqueeze(column, 1), torch.unsqueeze(column, 0))
            masks[1] = torch.__and__(torch.ge(back, 0), torch.lt(back, d[4]))
        turns = self.turns(torch.unsqueeze(torch.embedding(cos, place), 2), torch.unsqueeze(torch.embedding(sin, place), 2))
        x = self.advance(torch.to(torch.embedding(p[d[11]], ids), 6), slots, True, masks, k, v, p, a, j, turns, d, r)
        row = torch.sub(torch.cumsum(torch.ones_like(length), 0), 1)
        last = torch.sub(torch.add(torch.mul(row, t), length), 1)
        x = torch.index_select(torch.flatten(x, 0, 1), 0, last)
        return self.pick(self.head(x, p, d, r), self.reals(chance), draws, 0)

    # At most n more tokens for the rows in the first b slots: token [b] is the last of each and stands after length [b] cells.
    # A row ends with a token of eos, or after left [b] tokens: 0 for an empty slot. limit: n, and the longest length.
    # Returns int64 [b, n]; cells after a row's end are -1. Stops early when all rows have ended.
    def extend(self: __torch__.Decoder, token: Tensor, length: Tensor, left: Tensor, limit: Tensor, eos: Tensor, chance: Tensor, draws: Tensor, p: List[Tensor], a: List[Tensor], k: List[Tensor], v: List[Tensor], j: List[Tensor], cos: Tensor, sin: Tensor, plan: Tensor, constants: Tensor) -> Tensor:
        torch.set_grad_enabled(False)
        d = self.numbers(plan)
        r = self.reals(constants)
        odds = self.reals(chance)
        most = int(limit[0])
        b = torch.size(token, 0)
        cells = torch.size(k[0], 1)
        out = torch.new_full(token, [b, most], -1)
        column = torch.sub(torch.cumsum(torch.new_ones(token, [cells]), 0), 1)
        first = torch.mul(torch.sub(torch.cumsum(torch.ones_like(token), 0), 1), cells)
        active = torch.gt(left, 0)
        n = 0
        running = True
        while running:
            # Rows that ended go on in their own slot, whose last cell is as far as they get.
            at = torch.clamp(torch.add(length, n), None, cells - 1)
            seen = int(limit[1]) + n + 1
            if seen > cells:
                seen = cells
            near = torch.unsqueeze(torch.narrow(column, 0, 0, seen), 0)
            here = torch.unsqueeze(at, 1)
            dark = torch.new_zeros(cos, [b, seen])
            beyond = torch.gt(near, here)
            shade = torch.masked_fill(dark, beyond, -inf)
            masks = annotate(List[Optional[Tensor]], [torch.unsqueeze(torch.unsqueeze(shade, 1), 1)])
            if d[4] > 0:
                outside = torch.le(near, torch.sub(here, d[4]))
                shade = torch.masked_fill(shade, outside, -inf)
                torch.append(masks, torch.unsqueeze(torch.unsqueeze(shade, 1), 1))
            turns = self.turns(torch.unsqueeze(torch.embedding(cos, here), 2), torch.unsqueeze(torch.embedding(sin, here), 2))
            x = torch.unsqueeze(torch.to(torch.embedding(p[d[11]], token), 6), 1)
            x = self.advance(x, torch.add(first, at), False, masks, k, v, p, a, j, turns, d, r)
            token = self.pick(self.head(torch.squeeze(x, 1), p, d, r), odds, draws, n)
            torch.copy_(torch.select(out, 1, n), torch.masked_fill(token, torch.logical_not(active), -1))
            n = n + 1
            active = torch.__and__(active, torch.logical_not(torch.isin(token, eos)))
            active = torch.__and__(active, torch.gt(left, n))
            running = n < most and bool(torch.any(active))
        return out

    # Moves the rows in slots [m] to the first m slots, of each its first cells: limit [1]. Returns anything.
    def keep(self: __torch__.Decoder, slots: Tensor, limit: Tensor, k: List[Tensor], v: List[Tensor]) -> Tensor:
        torch.set_grad_enabled(False)
        m = torch.size(slots, 0)
        cells = int(limit[0])
        for layer in range(torch.len(k)):
            kept = torch.narrow(k[layer], 1, 0, cells)
            torch.copy_(torch.narrow(kept, 0, 0, m), torch.index_select(kept, 0, slots))
            kept = torch.narrow(v[layer], 1, 0, cells)
            torch.copy_(torch.narrow(kept, 0, 0, m), torch.index_select(kept, 0, slots))
        return torch.clone(limit)
