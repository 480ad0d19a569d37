# One encoder layer in one call, the same computation as EncoderLayer.java spells out step by step. It saves memory
# traffic (query, key and value are one product, additions happen in place) and is the only place where numbers of 16
# bits occur: kind 15 multiplies matrices in bfloat16; weights, residuals and normalisation stay in float32. With kind 6
# the layer computes in the type of x and its weights.
#
# x: [t, h], the tokens of all texts, text after text; everything but attention is computed token by token
# asking: nothing, or, where only first tokens are wanted, their rows [b], and the groups' order unless it is the texts'
# spread: nothing, or the row that stands at each place of all groups; back: nothing, or the place of each row
# groups: texts and width of each group; padding: of each, [b, 1, 1, s] to add to its scores, or an empty tensor
# w: query, key, value, attention output, its norm, intermediate, output, its norm; weight and bias of each
# drops: nothing, or the factors of each group's attention probabilities, [b, heads, q, s]
# masks: nothing, or the factors of the two residual additions, [t, h] or [b, h]
# grow: what the surviving attention probabilities are still to be multiplied with
# drop, key: instead of drops, the probability and the seed with which attention itself is to drop; 0: not at all
# one_dnn: whether oneDNN multiplies what is in float32; never where this is recorded

def encoder_layer(x: Tensor, asking: List[Tensor], spread: List[Tensor], back: List[Tensor], groups: List[int], padding: List[Tensor], w: List[Tensor], drops: List[Tensor], masks: List[Tensor], heads: int, kind: int, grow: float, epsilon: float, drop: float, key: int, one_dnn: bool) -> Tensor:
  h = x.size(-1)
  if kind == 6:
    kind = x.dtype
  one_dnn = one_dnn and kind == 6
  y = x.to(kind)
  own = x
  q = x
  if len(asking) > 0:
    own = torch.index_select(x, 0, asking[0])
    q = self.product(own.to(kind), w[0].to(kind), w[1].to(kind), one_dnn)
    if len(asking) > 1:
      q = torch.index_select(q, 0, asking[1])
    read = self.product(y, torch.cat([w[2], w[4]]).to(kind), torch.cat([w[3], w[5]]).to(kind), one_dnn)
  else:
    read = self.product(y, torch.cat([w[0], w[2], w[4]]).to(kind), torch.cat([w[1], w[3], w[5]]).to(kind), one_dnn)
  if len(spread) > 0:
    read = torch.index_select(read, 0, spread[0])
  if drop > 0.0:
    torch.manual_seed(key)
  context = self.attend_all(q, read, len(asking) > 0, groups, padding, drops, heads, h, grow, drop)
  if len(back) > 0:
    context = torch.index_select(context, 0, back[0])
  o = self.product(context, w[6].to(kind), w[7].to(kind), one_dnn)
  z = torch.layer_norm(self.residual(own, o, masks, 0), [h], w[8], w[9], epsilon)
  f = torch.gelu(self.product(z.to(kind), w[10].to(kind), w[11].to(kind), one_dnn))
  f = self.product(f, w[12].to(kind), w[13].to(kind), one_dnn)
  return torch.layer_norm(self.residual(z, f, masks, 1), [h], w[14], w[15], epsilon)

# read: query, key and value of every place of all groups beside each other, [places, 3h]; with `first` key and value
# alone, and q [b, h] in the groups' order
def attend_all(q: Tensor, read: Tensor, first: bool, groups: List[int], padding: List[Tensor], drops: List[Tensor], heads: int, h: int, grow: float, drop: float) -> Tensor:
  if len(groups) == 2:
    return self.attend(q, read, first, groups[0], groups[1], padding[0], drops, 0, heads, h, grow, drop)
  texts = annotate(List[int], [])
  places = annotate(List[int], [])
  for g in range(len(padding)):
    texts.append(groups[2 * g])
    places.append(groups[2 * g] * groups[2 * g + 1])
  reads = torch.split_with_sizes(read, places, 0)
  if first:
    qs = torch.split_with_sizes(q, texts, 0)
  else:
    qs = reads
  contexts = annotate(List[Tensor], [])
  for g in range(len(padding)):
    contexts.append(self.attend(qs[g], reads[g], first, groups[2 * g], groups[2 * g + 1], padding[g], drops, g, heads, h, grow, drop))
  return torch.cat(contexts, 0)

# one group of b texts, s places each: [b * s, h], with `first` [b, h]
def attend(q: Tensor, read: Tensor, first: bool, b: int, s: int, padding: Tensor, drops: List[Tensor], group: int, heads: int, h: int, grow: float, drop: float) -> Tensor:
  d = h // heads
  if first:
    q = q.view([b, 1, heads, d]).transpose(1, 2)
    k, v = torch.unbind(read.view([b, s, 2, heads, d]).permute([2, 0, 3, 1, 4]))
  else:
    q, k, v = torch.unbind(read.view([b, s, 3, heads, d]).permute([2, 0, 3, 1, 4]))
  if len(drops) == 0:
    if padding.numel() == 0:
      context = torch.scaled_dot_product_attention(q, k, v, None, drop)
    else:
      context = torch.scaled_dot_product_attention(q, k, v, padding.to(q.dtype), drop)
  else:
    scores = torch.matmul(q * (1.0 / (float(d) ** 0.5)), k.transpose(-1, -2))
    if padding.numel() > 0:
      scores = scores.add_(padding)
    context = torch.matmul(torch.softmax(scores, -1) * drops[group].to(q.dtype), v)
    if grow != 1.0:
      context = context * grow
  return context.transpose(1, 2).reshape([-1, h])

def residual(x: Tensor, y: Tensor, masks: List[Tensor], site: int) -> Tensor:
  if len(masks) == 0:
    return x + y
  else:
    return (y * masks[site]).add_(x)

# words [v, h] at ids ([t] or [b, s]), positions [p, h] at places (likewise, or [s]), types [k, h] at kinds (likewise, or
# nothing: all 0); [t, h]
def embed(ids: Tensor, places: Tensor, kinds: List[Tensor], w: List[Tensor], pad: int, place_pad: int, epsilon: float) -> Tensor:
  x = torch.embedding(w[0], ids, pad, False, False) + torch.embedding(w[1], places, place_pad, False, False)
  if len(kinds) > 0:
    x = x.add_(torch.embedding(w[2], kinds[0], -1, False, False))
  else:
    x = x.add_(w[2][0])
  return torch.layer_norm(x, [x.size(-1)], w[3], w[4], epsilon).view([-1, x.size(-1)])

# rows [n, h] to what the word table is multiplied with, [n, h]; w: dense, norm
def word_features(x: Tensor, w: List[Tensor], kind: int, epsilon: float) -> Tensor:
  y = torch.gelu(torch.linear(x.to(kind), w[0].to(kind), w[1].to(kind))).to(6)
  return torch.layer_norm(y, [y.size(-1)], w[2], w[3], epsilon)

# rows [n, h] to scores of all words [n, v]; w: dense, norm, then the word table and a bias per word
def word_scores(x: Tensor, w: List[Tensor], kind: int, epsilon: float, one_dnn: bool) -> Tensor:
  y = self.word_features(x, w, kind, epsilon)
  return self.product(y.to(kind), w[4].to(kind), w[5].to(kind), one_dnn and kind == 6).to(6)

# never under gradient recording: for features [n, h] the sum over n of -log softmax(features table' + bias)[label], and
# its derivative by the features; those by table [v, h] and bias [v] are added to of_table and of_bias
def word_losses(y: Tensor, labels: Tensor, table: Tensor, bias: Tensor, of_table: Tensor, of_bias: Tensor, kind: int, one_dnn: bool) -> List[Tensor]:
  one_dnn = one_dnn and kind == 6
  words = table.to(kind)
  p = self.product(y.to(kind), words, bias.to(kind), one_dnn).to(6)
  right = labels.unsqueeze(1)
  total = torch.logsumexp(p, 1, True)
  loss = torch.sum(total - torch.gather(p, 1, right))
  p = p.sub_(total).exp_()
  p = p.scatter_add_(1, right, torch.full_like(total, -1.0))
  of_bias.add_(torch.sum(p, 0))
  q = p.to(kind)
  if kind == 6:
    of_table.addmm_(q.t(), y)
  else:
    of_table.add_(torch.matmul(q.t(), y.to(kind)))
  return [loss, self.product_back(q, words, one_dnn).to(6)]
