# One encoder layer in one call, the same computation as EncoderLayer.java spells out step by step. It saves memory
# traffic (query, key and value are one product, additions happen in place) and is the only place where numbers of 16
# bits occur: kind 15 multiplies matrices in bfloat16; weights, residuals and normalisation stay in float32. With kind 6
# the layer computes in the type of x and its weights.
#
# w: query, key, value, attention output, its norm, intermediate, output, its norm; weight and bias of each
# padding: nothing, or [b, 1, 1, s] to add to the scores
# masks: nothing, or dropout's factors: [b, heads, q, s], [b, q, h], [b, q, h]; an empty one stands for "none here"
# grow: what the surviving attention probabilities are still to be multiplied with
# drop, key: instead of masks[0], the probability and the seed with which attention itself is to drop; 0: not at all

def encoder_layer(x: Tensor, padding: List[Tensor], w: List[Tensor], masks: List[Tensor], heads: int, first: bool, kind: int, grow: float, epsilon: float, drop: float, key: int) -> Tensor:
  b, s, h = x.size(0), x.size(1), x.size(2)
  d = h // heads
  if kind == 6:
    kind = x.dtype
  y = x.to(kind)
  if first:
    asking = x[:, :1]
    q = torch.linear(y[:, :1], w[0].to(kind), w[1].to(kind)).view([b, 1, heads, d]).transpose(1, 2)
    kv = torch.linear(y, torch.cat([w[2], w[4]]).to(kind), torch.cat([w[3], w[5]]).to(kind))
    k, v = torch.unbind(kv.view([b, s, 2, heads, d]).permute([2, 0, 3, 1, 4]))
  else:
    asking = x
    qkv = torch.linear(y, torch.cat([w[0], w[2], w[4]]).to(kind), torch.cat([w[1], w[3], w[5]]).to(kind))
    q, k, v = torch.unbind(qkv.view([b, s, 3, heads, d]).permute([2, 0, 3, 1, 4]))
  if len(masks) == 0 or masks[0].numel() == 0:
    if drop > 0.0:
      torch.manual_seed(key)
    if len(padding) == 0:
      context = torch.scaled_dot_product_attention(q, k, v, None, drop)
    else:
      context = torch.scaled_dot_product_attention(q, k, v, padding[0].to(kind), drop)
  else:
    scores = torch.matmul(q * (1.0 / (float(d) ** 0.5)), k.transpose(-1, -2))
    if len(padding) > 0:
      scores = scores.add_(padding[0])
    context = torch.matmul(torch.softmax(scores, -1) * masks[0].to(kind), v)
    if grow != 1.0:
      context = context * grow
  o = torch.linear(context.transpose(1, 2).reshape([b, -1, h]), w[6].to(kind), w[7].to(kind))
  x = torch.layer_norm(self.residual(asking, o, masks, 1), [h], w[8], w[9], epsilon)
  f = torch.linear(torch.gelu(torch.linear(x.to(kind), w[10].to(kind), w[11].to(kind))), w[12].to(kind), w[13].to(kind))
  return torch.layer_norm(self.residual(x, f, masks, 2), [h], w[14], w[15], epsilon)

def residual(x: Tensor, y: Tensor, masks: List[Tensor], site: int) -> Tensor:
  if len(masks) == 0 or masks[site].numel() == 0:
    return x + y
  else:
    return (y * masks[site]).add_(x)

# words [v, h] at ids [b, s], positions [p, h] at places ([b, s] or [s]), types [t, h] at kinds ([b, s], or nothing: all 0)
def embed(ids: Tensor, places: Tensor, kinds: List[Tensor], w: List[Tensor], pad: int, place_pad: int, epsilon: float) -> Tensor:
  x = torch.embedding(w[0], ids, pad, False, False) + torch.embedding(w[1], places, place_pad, False, False)
  if len(kinds) > 0:
    x = x.add_(torch.embedding(w[2], kinds[0], -1, False, False))
  else:
    x = x.add_(w[2][0])
  return torch.layer_norm(x, [x.size(-1)], w[3], w[4], epsilon)

# rows [n, h] to what the word table is multiplied with, [n, h]; w: dense, norm
def word_features(x: Tensor, w: List[Tensor], kind: int, epsilon: float) -> Tensor:
  y = torch.gelu(torch.linear(x.to(kind), w[0].to(kind), w[1].to(kind))).to(6)
  return torch.layer_norm(y, [y.size(-1)], w[2], w[3], epsilon)

# rows [n, h] to scores of all words [n, v]; w: dense, norm, then the word table and a bias per word
def word_scores(x: Tensor, w: List[Tensor], kind: int, epsilon: float) -> Tensor:
  y = self.word_features(x, w, kind, epsilon)
  return torch.linear(y.to(kind), w[4].to(kind), w[5].to(kind)).to(6)

# never under gradient recording: for features [n, h] the sum over n of -log softmax(features table' + bias)[label], and
# its derivative by the features; those by table [v, h] and bias [v] are added to of_table and of_bias
def word_losses(y: Tensor, labels: Tensor, table: Tensor, bias: Tensor, of_table: Tensor, of_bias: Tensor, kind: int) -> List[Tensor]:
  words = table.to(kind)
  p = torch.linear(y.to(kind), words, bias.to(kind)).to(6)
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
  return [loss, torch.matmul(q, words).to(6)]
