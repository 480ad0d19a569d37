# One encoder layer with its gradient written out, for training on a CPU: the computation of encoder_layer, with what
# the way back reads kept by name instead of by libtorch's record. Arguments are those of encoder_layer; places: nothing,
# or the place of each token among all groups, as `back` is where all tokens ask. With one_dnn products in float32 go to
# oneDNN.
#
# Kept, in this order: context, the first norm's input, mean and deviation, its output as the inner layer reads it, the inner
# layer before and after gelu, the second norm's input, mean and deviation, then of each group attention probabilities [b * heads, q, s] and
# their factors (nothing without dropout), queries already scaled, keys and values [b * heads, q or s, d]

def layer_forward(x: Tensor, asking: List[Tensor], spread: List[Tensor], back: List[Tensor], groups: List[int], padding: List[Tensor], w: List[Tensor], drops: List[Tensor], masks: List[Tensor], heads: int, kind: int, grow: float, epsilon: float, one_dnn: bool) -> List[Tensor]:
  h = x.size(-1)
  if kind == 6:
    kind = x.dtype
  one_dnn = one_dnn and kind == 6
  first = len(asking) > 0
  own = x
  q = torch.empty([0], dtype=kind)
  if first:
    own = torch.index_select(x, 0, asking[0])
    q = self.product(own.to(kind), w[0].to(kind), w[1].to(kind), one_dnn)
    if len(asking) > 1:
      q = torch.index_select(q, 0, asking[1])
    read = self.product(x.to(kind), torch.cat([w[2], w[4]]).to(kind), torch.cat([w[3], w[5]]).to(kind), one_dnn)
  else:
    read = self.product(x.to(kind), torch.cat([w[0], w[2], w[4]]).to(kind), torch.cat([w[1], w[3], w[5]]).to(kind), one_dnn)
  if len(spread) > 0:
    read = torch.index_select(read, 0, spread[0])
  contexts = annotate(List[Tensor], [])
  attended = annotate(List[Tensor], [])
  d = h // heads
  text = 0
  place = 0
  for g in range(len(padding)):
    b = groups[2 * g]
    s = groups[2 * g + 1]
    qs, ks, vs = self.heads_of(q, read, first, text, place, b, s, heads, h)
    qs = (qs * (1.0 / (float(d) ** 0.5))).reshape([b * heads, -1, d])
    ks = ks.reshape([b * heads, s, d])
    vs = vs.reshape([b * heads, s, d])
    scores = torch.bmm(qs, ks.transpose(1, 2))
    if padding[g].numel() > 0:
      scores.view([b, heads, -1, s]).add_(padding[g])
    p = torch.softmax(scores, -1)
    factors = torch.empty([0], dtype=kind)
    dropped = p
    if len(drops) > 0:
      factors = drops[g].to(kind).view([b * heads, -1, s])
      dropped = p * factors
    c = torch.bmm(dropped, vs)
    if grow != 1.0:
      c = c.mul_(grow)
    contexts.append(c.view([b, heads, -1, d]).transpose(1, 2).reshape([-1, h]))
    attended += [p, factors, qs, ks, vs]
    text += b
    place += b * s
  context = contexts[0]
  if len(contexts) > 1:
    context = torch.cat(contexts, 0)
  if len(back) > 0:
    context = torch.index_select(context, 0, back[0])
  o = self.product(context, w[6].to(kind), w[7].to(kind), one_dnn)
  r = self.residual(own, o, masks, 0)
  z, mean, deviation = torch.native_layer_norm(r, [h], w[8], w[9], epsilon)
  y = z.to(kind)
  inner = self.product(y, w[10].to(kind), w[11].to(kind), one_dnn)
  bent = torch.gelu(inner)
  f = self.product(bent, w[12].to(kind), w[13].to(kind), one_dnn)
  r2 = self.residual(z, f, masks, 1)
  out, mean2, deviation2 = torch.native_layer_norm(r2, [h], w[14], w[15], epsilon)
  return [out, context, r, mean, deviation, y, inner, bent, r2, mean2, deviation2] + attended

# query, key and value of one group, [b, heads, q, d] and [b, heads, s, d]
def heads_of(q: Tensor, read: Tensor, first: bool, text: int, place: int, b: int, s: int, heads: int, h: int) -> Tuple[Tensor, Tensor, Tensor]:
  d = h // heads
  part = torch.slice(read, 0, place, place + b * s, 1)
  if first:
    k, v = torch.unbind(part.view([b, s, 2, heads, d]).permute([2, 0, 3, 1, 4]))
    return (torch.slice(q, 0, text, text + b, 1).view([b, 1, heads, d]).transpose(1, 2), k, v)
  qs, ks, vs = torch.unbind(part.view([b, s, 3, heads, d]).permute([2, 0, 3, 1, 4]))
  return (qs, ks, vs)

# dy: of the output; kept: all but the output of layer_forward. With of_weights: derivatives by x and the 16 weights;
# else by x alone
def layer_backward(dy: Tensor, x: Tensor, kept: List[Tensor], asking: List[Tensor], back: List[Tensor], places: List[Tensor], groups: List[int], w: List[Tensor], masks: List[Tensor], heads: int, kind: int, grow: float, one_dnn: bool, of_weights: bool) -> List[Tensor]:
  h = x.size(-1)
  if kind == 6:
    kind = x.dtype
  one_dnn = one_dnn and kind == 6
  first = len(asking) > 0
  norms = [True, of_weights, of_weights]
  context, r, mean, deviation, z, inner, bent, r2, mean2, deviation2 = kept[:10]
  dr2, dw14, dw15 = torch.native_layer_norm_backward(dy, r2, [h], mean2, deviation2, w[14], w[15], norms)
  df = self.masked(dr2, masks, 1, kind)
  dw12, dw13 = self.product_weights(df, bent, w[12], one_dnn, of_weights)
  di = torch.gelu_backward(self.product_back(df, w[12].to(kind), one_dnn), inner)
  dw10, dw11 = self.product_weights(di, z, w[10], one_dnn, of_weights)
  dz = self.product_back(di, w[10].to(kind), one_dnn).to(x.dtype).add_(dr2)
  dr, dw8, dw9 = torch.native_layer_norm_backward(dz, r, [h], mean, deviation, w[8], w[9], norms)
  do = self.masked(dr, masks, 0, kind)
  dw6, dw7 = self.product_weights(do, context, w[6], one_dnn, of_weights)
  dq, dread = self.attention_backward(self.product_back(do, w[6].to(kind), one_dnn), kept, first, back, groups, heads, grow)
  if len(places) > 0:
    dread = torch.index_select(dread, 0, places[0])
  if first:
    if len(back) > 0:
      dq = torch.index_select(dq, 0, back[0])
    own = self.product_back(dq, w[0].to(kind), one_dnn).to(x.dtype).add_(dr)
    read = torch.cat([w[2], w[4]])
    dx = torch.index_add_(self.product_back(dread, read.to(kind), one_dnn).to(x.dtype), 0, asking[0], own)
    dwq, dbq = self.product_weights(dq, torch.index_select(x, 0, asking[0]).to(kind), w[0], one_dnn, of_weights)
  else:
    read = torch.cat([w[0], w[2], w[4]])
    dx = self.product_back(dread, read.to(kind), one_dnn).to(x.dtype).add_(dr)
    dwq = w[0]
    dbq = w[1]
  if not of_weights:
    return [dx]
  dws, dbs = self.product_weights(dread, x.to(kind), read, one_dnn, True)
  if first:
    dwk, dwv = torch.split_with_sizes(dws, [h, h], 0)
    dbk, dbv = torch.split_with_sizes(dbs, [h, h], 0)
  else:
    dwq, dwk, dwv = torch.split_with_sizes(dws, [h, h, h], 0)
    dbq, dbk, dbv = torch.split_with_sizes(dbs, [h, h, h], 0)
  return [dx, dwq, dbq, dwk, dbk, dwv, dbv, dw6, dw7, dw8, dw9, dw10, dw11, dw12, dw13, dw14, dw15]

# dcontext: of each token, or of each text's first; the derivatives by query [b, h] (where only first tokens ask) and by
# key and value of all places (else by query, too)
def attention_backward(dcontext: Tensor, kept: List[Tensor], first: bool, back: List[Tensor], groups: List[int], heads: int, grow: float) -> Tuple[Tensor, Tensor]:
  h = dcontext.size(-1)
  d = h // heads
  texts = 0
  rows = 0
  for g in range(len(groups) // 2):
    texts += groups[2 * g]
    rows += groups[2 * g] * groups[2 * g + 1]
  if len(back) > 0:
    asked = rows
    if first:
      asked = texts
    dcontext = torch.index_copy_(torch.zeros([asked, h], dtype=dcontext.dtype), 0, back[0], dcontext)
  if grow != 1.0:
    dcontext = dcontext * grow
  if first:
    dq = torch.empty([texts, h], dtype=dcontext.dtype)
    dread = torch.empty([rows, 2 * h], dtype=dcontext.dtype)
  else:
    dq = torch.empty([0], dtype=dcontext.dtype)
    dread = torch.empty([rows, 3 * h], dtype=dcontext.dtype)
  text = 0
  place = 0
  for g in range(len(groups) // 2):
    b = groups[2 * g]
    s = groups[2 * g + 1]
    p, factors, qs, ks, vs = kept[10 + 5 * g:15 + 5 * g]
    dqs, dks, dvs = self.heads_of(dq, dread, first, text, place, b, s, heads, h)
    if first:
      dc = torch.slice(dcontext, 0, text, text + b, 1)
    else:
      dc = torch.slice(dcontext, 0, place, place + b * s, 1)
    dc = dc.view([b, -1, heads, d]).transpose(1, 2).reshape([b * heads, -1, d])
    dp = torch.bmm(dc, vs.transpose(1, 2))
    if factors.numel() > 0:
      dp = dp.mul_(factors)
      dv = torch.bmm((p * factors).transpose(1, 2), dc)
    else:
      dv = torch.bmm(p.transpose(1, 2), dc)
    ds = torch._softmax_backward_data(dp, p, -1, p.dtype)
    torch.copy_(dvs, dv.view([b, heads, s, d]))
    torch.copy_(dqs, torch.bmm(ds, ks).mul_(1.0 / (float(d) ** 0.5)).view([b, heads, -1, d]))
    torch.copy_(dks, torch.bmm(ds.transpose(1, 2), qs).view([b, heads, s, d]))
    text += b
    place += b * s
  return (dq, dread)

def masked(d: Tensor, masks: List[Tensor], site: int, kind: int) -> Tensor:
  if len(masks) > 0:
    d = d * masks[site]
  return d.to(kind)

# x w' + b for rows [n, i] and weights [o, i]. To oneDNN a product of rows is a convolution with one place: the only
# way there that neither copies nor is recorded
def product(x: Tensor, w: Tensor, b: Tensor, one_dnn: bool) -> Tensor:
  if one_dnn:
    return self.by_one_dnn(x, w, [b])
  return torch.linear(x, w, b)

# of rows [n, o] and weights [o, i]: d w, [n, i]
def product_back(d: Tensor, w: Tensor, one_dnn: bool) -> Tensor:
  if one_dnn:
    return self.by_one_dnn(d, w.t().contiguous(), [])
  return torch.matmul(d, w)

def by_one_dnn(x: Tensor, w: Tensor, bias: List[Tensor]) -> Tensor:
  n = x.size(0)
  i = x.size(1)
  o = w.size(0)
  rows = x.contiguous().view([1, n, 1, i]).permute([0, 3, 1, 2])
  b = annotate(Optional[Tensor], None)
  if len(bias) > 0:
    b = bias[0]
  y = torch.mkldnn_convolution(rows, w.view([o, i, 1, 1]), b, [0, 0], [1, 1], [1, 1], 1)
  return y.permute([0, 2, 3, 1]).reshape([n, o])

# of rows d [n, o] and x [n, i]: d' x, [o, i], and the sum of d over rows, [o], in numbers of the weights w; nothing
# unless wanted
def product_weights(d: Tensor, x: Tensor, w: Tensor, one_dnn: bool, wanted: bool) -> Tuple[Tensor, Tensor]:
  if not wanted:
    return (w, w)
  if one_dnn:
    dw, db = torch.mkldnn_linear_backward_weights(torch.to_mkldnn(d), torch.to_mkldnn(x), w, True)
    return (dw, db)
  return (torch.matmul(d.t(), x).to(w.dtype), torch.sum(d, [0]).to(w.dtype))
