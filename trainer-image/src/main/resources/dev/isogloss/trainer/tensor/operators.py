# What libtorch does for us, one function per operator of the Java class that calls it by name. TorchScript, a subset of
# Python: no Python runs here. The loader in Operators.java makes these functions the methods of one module.

# making, moving; kind is libtorch's number of a type: 4 int64, 6 float32, 7 float64, 15 bfloat16

def empty(shape: List[int], kind: int, pinned: bool) -> Tensor:
  return torch.empty(shape, dtype=kind, pin_memory=pinned)

def empty_on(shape: List[int], kind: int, device: str) -> Tensor:
  return torch.empty(shape, dtype=kind, device=torch.device(device))

def full(shape: List[int], value: float, device: str) -> Tensor:
  return torch.full(shape, value, dtype=6, device=torch.device(device))

def arange(n: int, device: str) -> Tensor:
  return torch.arange(n, dtype=4, device=torch.device(device))

def to_device(x: Tensor, device: str, pinned: bool) -> Tensor:
  return x.to(torch.device(device), x.dtype, pinned)

def to_host(x: Tensor, kind: int) -> Tensor:
  return x.detach().to(torch.device("cpu"), kind).contiguous()

def to_host_later(x: Tensor) -> Tensor:
  return x.to(torch.device("cpu"), x.dtype, True)

def numbers(xs: List[Tensor]) -> Tensor:
  doubles = annotate(List[Tensor], [])
  for i in range(len(xs)):
    doubles.append(torch.reshape(xs[i].detach(), [1]).to(7))
  return torch.cat(doubles, 0)

def to_kind(x: Tensor, kind: int) -> Tensor:
  return x.to(kind)

def to_kind_of(x: Tensor, y: Tensor) -> Tensor:
  return x.to(y.dtype)

# arithmetic

def plus(x: Tensor, y: Tensor) -> Tensor:
  return x + y

def plus_number(x: Tensor, y: float) -> Tensor:
  return x + y

def minus(x: Tensor, y: Tensor) -> Tensor:
  return x - y

def minus_number(x: Tensor, y: float) -> Tensor:
  return x - y

def times(x: Tensor, y: Tensor) -> Tensor:
  return x * y

def times_number(x: Tensor, y: float) -> Tensor:
  return x * y

def divided_by(x: Tensor, y: Tensor) -> Tensor:
  return x / y

def divided_by_number(x: Tensor, y: float) -> Tensor:
  return x / y

def power(x: Tensor, y: float) -> Tensor:
  return torch.pow(x, y)

def neg(x: Tensor) -> Tensor:
  return torch.neg(x)

def square(x: Tensor) -> Tensor:
  return torch.square(x)

def sqrt(x: Tensor) -> Tensor:
  return torch.sqrt(x)

def exp(x: Tensor) -> Tensor:
  return torch.exp(x)

def log(x: Tensor) -> Tensor:
  return torch.log(x)

def log1p(x: Tensor) -> Tensor:
  return torch.log1p(x)

def tanh(x: Tensor) -> Tensor:
  return torch.tanh(x)

def relu(x: Tensor) -> Tensor:
  return torch.relu(x)

def elu(x: Tensor) -> Tensor:
  return torch.elu(x)

def gelu(x: Tensor) -> Tensor:
  return torch.gelu(x)

def sigmoid(x: Tensor) -> Tensor:
  return torch.sigmoid(x)

def abs(x: Tensor) -> Tensor:
  return torch.abs(x)

def sum(x: Tensor) -> Tensor:
  return torch.sum(x)

def mean(x: Tensor) -> Tensor:
  return torch.mean(x)

def log_sigmoid(x: Tensor) -> Tensor:
  return torch.log_sigmoid(x)

def clamp(x: Tensor, low: float, high: float) -> Tensor:
  return torch.clamp(x, low, high)

def eq(x: Tensor, y: Tensor) -> Tensor:
  return torch.eq(x, y)

def eq_number(x: Tensor, y: float) -> Tensor:
  return torch.eq(x, y)

def gt(x: Tensor, y: Tensor) -> Tensor:
  return torch.gt(x, y)

def gt_number(x: Tensor, y: float) -> Tensor:
  return torch.gt(x, y)

def ge(x: Tensor, y: Tensor) -> Tensor:
  return torch.ge(x, y)

def ge_number(x: Tensor, y: float) -> Tensor:
  return torch.ge(x, y)

def lt(x: Tensor, y: Tensor) -> Tensor:
  return torch.lt(x, y)

def lt_number(x: Tensor, y: float) -> Tensor:
  return torch.lt(x, y)

def le(x: Tensor, y: Tensor) -> Tensor:
  return torch.le(x, y)

def le_number(x: Tensor, y: float) -> Tensor:
  return torch.le(x, y)

def ne(x: Tensor, y: Tensor) -> Tensor:
  return torch.ne(x, y)

def ne_number(x: Tensor, y: float) -> Tensor:
  return torch.ne(x, y)

def where(condition: Tensor, x: Tensor, y: Tensor) -> Tensor:
  return torch.where(condition, x, y)

def maximum(x: Tensor, y: Tensor) -> Tensor:
  return torch.maximum(x, y)

def minimum(x: Tensor, y: Tensor) -> Tensor:
  return torch.minimum(x, y)

# shapes

def matmul(x: Tensor, y: Tensor) -> Tensor:
  return torch.matmul(x, y)

def linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.linear(x, weight, bias)

def einsum(equation: str, xs: List[Tensor]) -> Tensor:
  return torch.einsum(equation, xs)

def transpose(x: Tensor, a: int, b: int) -> Tensor:
  return torch.transpose(x, a, b)

def reshape(x: Tensor, shape: List[int]) -> Tensor:
  return torch.reshape(x, shape)

def expand(x: Tensor, shape: List[int]) -> Tensor:
  return x.expand(shape)

def slice(x: Tensor, axis: int, start: int, end: int) -> Tensor:
  return torch.slice(x, axis, start, end, 1)

def select(x: Tensor, axis: int, i: int) -> Tensor:
  return torch.select(x, axis, i)

def index_select(x: Tensor, axis: int, index: Tensor) -> Tensor:
  return torch.index_select(x, axis, index)

def embedding(table: Tensor, ids: Tensor, padding: int) -> Tensor:
  return torch.embedding(table, ids, padding, False, False)

def gather(x: Tensor, axis: int, index: Tensor) -> Tensor:
  return torch.gather(x, axis, index)

def cat(xs: List[Tensor], axis: int) -> Tensor:
  return torch.cat(xs, axis)

def stack(xs: List[Tensor], axis: int) -> Tensor:
  return torch.stack(xs, axis)

# along an axis

def sum_axis(x: Tensor, axis: int, keep: bool) -> Tensor:
  return torch.sum(x, [axis], keep)

def mean_axis(x: Tensor, axis: int, keep: bool) -> Tensor:
  return torch.mean(x, [axis], keep)

def max_axis(x: Tensor, axis: int, keep: bool) -> Tensor:
  return torch.amax(x, [axis], keep)

def min_axis(x: Tensor, axis: int, keep: bool) -> Tensor:
  return torch.amin(x, [axis], keep)

def argmax(x: Tensor, axis: int) -> Tensor:
  return torch.argmax(x, axis)

def softmax(x: Tensor, axis: int) -> Tensor:
  return torch.softmax(x, axis)

def log_softmax(x: Tensor, axis: int) -> Tensor:
  return torch.log_softmax(x, axis)

def logsumexp(x: Tensor, axis: int, keep: bool) -> Tensor:
  return torch.logsumexp(x, [axis], keep)

def norm(x: Tensor) -> Tensor:
  return torch.norm(x, 2)

def all_finite(x: Tensor) -> bool:
  return bool(torch.all(torch.isfinite(x)))

def not_finite(x: Tensor) -> Tensor:
  return torch.logical_not(torch.all(torch.isfinite(x))).to(6)

def norms(xs: List[Tensor], order: float) -> Tensor:
  return torch.stack(torch._foreach_norm(xs, order))

def layer_norm(x: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
  return torch.layer_norm(x, [x.size(-1)], weight, bias, epsilon)

# gradients

def detach(x: Tensor) -> Tensor:
  return x.detach()

def clone(x: Tensor) -> Tensor:
  return torch.clone(x)

def leaf(x: Tensor) -> Tensor:
  return torch.requires_grad_(torch.clone(x.detach()), True)

def leaf_alias(x: Tensor) -> Tensor:
  return torch.requires_grad_(x.detach(), True)

def reverse(x: Tensor, factor: float) -> Tensor:
  still = x.detach()
  return still - (x - still) * factor

def requires_gradient(x: Tensor) -> bool:
  return x.requires_grad

def is_computed(x: Tensor) -> bool:
  return x.requires_grad and not x.is_leaf

def grad(outputs: List[Tensor], inputs: List[Tensor], seeds: List[Tensor], keep: bool, create: bool, zeros: bool) -> List[Tensor]:
  if len(seeds) > 0:
    given = annotate(List[Optional[Tensor]], [])
    for i in range(len(seeds)):
      given.append(seeds[i])
    gs = torch.grad(outputs, inputs, given, keep, create, True)
  else:
    gs = torch.grad(outputs, inputs, None, keep, create, True)
  result = annotate(List[Tensor], [])
  for i in range(len(gs)):
    g = gs[i]
    if g is None and zeros:
      result.append(torch.zeros_like(inputs[i]))
    elif g is None:
      result.append(torch.empty([0]))
    else:
      result.append(g)
  return result

# losses

def cross_entropy_mean(x: Tensor, labels: Tensor, smoothing: float, ignore: int) -> Tensor:
  n = torch.clamp(torch.sum(torch.ne(labels, ignore)), 1)
  return torch.cross_entropy_loss(x, labels, None, 2, ignore, smoothing) / n

def cross_entropy_each(x: Tensor, labels: Tensor, smoothing: float, ignore: int) -> Tensor:
  return torch.cross_entropy_loss(x, labels, None, 0, ignore, smoothing)

# in place, never under gradient recording

def assign(x: Tensor, y: Tensor) -> Tensor:
  return x.copy_(y)

def assign_rows(x: Tensor, index: Tensor, y: Tensor) -> Tensor:
  return x.index_copy_(0, index, y)

def adamw(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], step: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, epsilon: float, skip: Tensor) -> Tensor:
  none = annotate(List[Tensor], [])
  torch._foreach_add_(step, 1 - skip)
  torch._fused_adamw_(p, g, m, v, none, step, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False, grad_scale=None, found_inf=skip)
  return step[0]

def clip_norm(g: List[Tensor], most: float) -> Tensor:
  n = torch.norm(torch.stack(torch._foreach_norm(g, 2)), 2)
  torch._foreach_mul_(g, torch.clamp(most / (n + 1e-06), None, 1.))
  return n

def lerp(a: List[Tensor], b: List[Tensor], weight: float) -> Tensor:
  torch._foreach_lerp_(a, b, weight)
  return a[0]

def add_all(a: List[Tensor], b: List[Tensor], factor: float) -> Tensor:
  torch._foreach_add_(a, b, alpha=factor)
  return a[0]

def scale_all(a: List[Tensor], factor: float) -> Tensor:
  torch._foreach_mul_(a, factor)
  return a[0]

def scale_all_by(a: List[Tensor], factor: Tensor) -> Tensor:
  torch._foreach_mul_(a, factor)
  return a[0]

# attention

def attention(q: Tensor, k: Tensor, v: Tensor, padding: List[Tensor]) -> Tensor:
  if len(padding) > 0:
    return torch.scaled_dot_product_attention(q, k, v, padding[0])
  else:
    return torch.scaled_dot_product_attention(q, k, v)
