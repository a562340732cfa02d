/**
 * What the kernel's functions must return, to the last bit: stored vectors and a hash over many more.
 * The unit tests run them in Node, the browser tests in each browser, so an engine (or a change of
 * the kernel) that alters a single bit is found. Changing a vector changes the recordings of all
 * simulations: their versions have to go up with it.
 */

import { exp, expm1, log, log1p, pow } from './math';
import { RandomStream } from './random';

export type MathFunction = 'log' | 'log1p' | 'exp' | 'expm1' | 'pow';

/** One call: the bits of its arguments and of its result as 16 hexadecimal digits each. */
interface MathVector {
  readonly name: MathFunction;
  readonly arguments: readonly string[];
  readonly result: string;
}

const float64 = new Float64Array(1);
const bits = new BigUint64Array(float64.buffer);

/** The double with these bits, given as 16 hexadecimal digits. */
export function fromBits(hex: string): number {
  bits[0] = BigInt(`0x${hex}`);
  return float64[0] as number;
}

/** The bits of a double as 16 hexadecimal digits. NaN, which has many bit patterns, is 'NaN'. */
export function toBits(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  float64[0] = value;
  return (bits[0] as bigint).toString(16).padStart(16, '0');
}

/** Calls a function of the kernel by its name. */
export function callByName(name: MathFunction, x: number, y: number): number {
  switch (name) {
    case 'log':
      return log(x);
    case 'log1p':
      return log1p(x);
    case 'exp':
      return exp(x);
    case 'expm1':
      return expm1(x);
    case 'pow':
      return pow(x, y);
    default:
      return name satisfies never;
  }
}

/** Every stored vector. */
export function mathVectors(): MathVector[] {
  return STORED.trim()
    .split('\n')
    .map((line) => {
      const [name, ...words] = line.trim().split(' ');
      return {
        name: name as MathFunction,
        arguments: words.slice(0, -1),
        result: words[words.length - 1] as string,
      };
    });
}

/** The vectors that this engine does not reproduce, each as a sentence; empty if all is well. */
export function mathVectorFailures(): string[] {
  const failures: string[] = [];
  for (const { name, arguments: given, result } of mathVectors()) {
    const [x, y] = given.map(fromBits);
    const came = toBits(callByName(name, x as number, y ?? Number.NaN));
    if (came !== result) {
      failures.push(
        `${name}(${given.join(', ')}) should have the bits ${result}, but has ${came}.`,
      );
    }
  }
  return failures;
}

/**
 * One of the calls that the hash covers: typical arguments and the whole range of doubles. Products of
 * two draws fill all 53 bits, where a scaled draw would leave the last ones 0.
 */
export function drawMathCall(stream: RandomStream): { name: MathFunction; x: number; y: number } {
  const u = stream.next();
  // Any bit pattern: all exponents are equally likely, subnormal numbers, ∞ and NaN included.
  bits[0] = (BigInt(stream.nextUint32()) << 32n) | BigInt(stream.nextUint32());
  const any = float64[0] as number;
  const v = stream.next();
  switch (stream.nextInteger(10)) {
    case 0:
      return { name: 'log', x: 1 - u, y: 0 };
    case 1:
      return { name: 'log', x: Math.abs(any), y: 0 };
    case 2:
      return { name: 'log1p', x: (4 * u - 1) * v, y: 0 };
    case 3:
      return { name: 'log1p', x: Math.abs(any), y: 0 };
    case 4:
      return { name: 'exp', x: 1500 * u - 750, y: 0 };
    case 5:
      return { name: 'exp', x: 4 * u - 2, y: 0 };
    case 6:
      return { name: 'expm1', x: (8 * u - 4) * v, y: 0 };
    case 7:
      return { name: 'expm1', x: any, y: 0 };
    case 8:
      return { name: 'pow', x: 1 - u, y: 8 * v - 4 };
    default: {
      // An exponent that leaves the result anywhere between 0 and ∞.
      const x = Math.abs(any);
      const magnitude = Math.abs(log(x));
      return { name: 'pow', x, y: (1500 * v - 750) / (magnitude > 0 ? magnitude : 1) };
    }
  }
}

/**
 * The FNV-1a hash (32 bits, as 8 hexadecimal digits) over the result bits of `calls` drawn calls,
 * byte by byte from the lowest (http://www.isthe.com/chongo/tech/comp/fnv/).
 */
export function mathHash(calls = MATH_HASH_CALLS): string {
  const stream = new RandomStream([1, 2, 3, 4]);
  const words = new Uint32Array(bits.buffer);
  const low = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;
  let hash = 0x811c9dc5;
  for (let i = 0; i < calls; i++) {
    const { name, x, y } = drawMathCall(stream);
    const result = callByName(name, x, y);
    // All NaN count as the same one.
    float64[0] = Number.isNaN(result) ? 0.5 : result;
    for (const index of [low, 1 - low]) {
      const word = words[index] as number;
      for (let shift = 0; shift < 32; shift += 8) {
        hash = Math.imul(hash ^ ((word >>> shift) & 0xff), 0x01000193);
      }
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** How many calls the stored hash covers. */
const MATH_HASH_CALLS = 100_000;

/** `mathHash()` in every engine. */
export const MATH_HASH = '5cad6d1d';

/** One line for each vector: the function, the bits of its arguments, the bits of its result. */
const STORED = `
exp 0000000000000000 3ff0000000000000
exp 0000000000000001 3ff0000000000000
exp 0010000000000000 3ff0000000000000
exp 3fb999999999999a 3ff1aec7b35a00d4
exp 3fc524272a583ac0 3ff2df986149db92
exp 3fc8b6f5b7265250 3ff36861f9e0d208
exp 3fd5ff0427e9ce88 3ff68ff063607fe9
exp 3fe0000000000000 3ffa61298e1e069c
exp 3fe2274428db0cf4 3ffc373e6947ef7d
exp 3fe2e5cf670a8c04 3ffce1394f165eaf
exp 3fe4ce259c0380ac 3ffea7586a6e3549
exp 3fe78bfe80499428 4000b2a710df1ac8
exp 3fe7fc6264c07060 4000edb3ef82c9ac
exp 3fe94684e0c43620 40019fea9a8a1264
exp 3ff0000000000000 4005bf0a8b145769
exp 3ff0671f20594ca4 40064cfa270ad347
exp 3ff10d9a95e889d8 400739cc9ac90e96
exp 3ff10e19966638c0 40073a84f9234227
exp 3ff2924a241db92a 400989a85c32e638
exp 3ff32cdab3ae5534 400a8512c987ab83
exp 3ff3a0d2695b00e8 400b480908a7e993
exp 3ff46f384319c3ca 400cb0faaa369ba0
exp 3ff4937f0303551a 400cf251b3047417
exp 3ff64e86fb249f16 401020649a9ca3e2
exp 3ff8423d9d81d5f4 401238120d86571f
exp 3ff9ac1bd50b9fae 4013e6e0298ecfee
exp 3ffaf5113f079f14 401590efa370e535
exp 3ffbe1be83cb3a46 4016d9589200d622
exp 3ffc4ab03a345f50 4017712636c065c0
exp 3ffc71268d8d3908 4017a9c43fdabe33
exp 4000000000000000 401d8e64b8d4ddae
exp 4005bf0a8b145769 402e4efb75e4527a
exp 4024000000000000 40d5829dcf950560
exp 40434a9c7bd8cc20 4369571b0cdbf947
exp 404caaf734dd3e70 451a50f9f8435450
exp 40541b4cca599810 473058f8aa8fc57c
exp 40584d281586dea8 48b2dea1981b8776
exp 406251024ddc40f8 4d251de10342f0a2
exp 4068a41a9f1d0954 51b50d8bfe022750
exp 406a29b2a1dbe908 52cf22a4bf3c39ea
exp 406cd071c5d7d010 54b79bd0510c6ea4
exp 40717d6f167d3260 592a69ff1713bf7d
exp 4073954a1a3e3f68 5c3074960361d7d6
exp 4074414bc8f0eb5c 5d276d1f522f2089
exp 4076300c779230c4 5ff1e3ff048cbf2c
exp 407d12568c48c750 69e0b9d6ce9eaa86
exp 407d91def655dda4 6a97a5157eb23712
exp 407ea54b287a4ba8 6c2514c8ed0e9964
exp 40852533381b34f2 7cf25fce65b9ccd5
exp 7fefffffffffffff 7ff0000000000000
exp 7ff0000000000000 7ff0000000000000
exp 8000000000000000 3ff0000000000000
exp bfaca8cb816ff940 3fee420c43422e34
exp bfdeeefcecc83c18 3fe3bc301aea8ee9
exp bfdf5629be280328 3fe39c7902dca587
exp bfe1c224d09145c8 3fe25f09f4fb34af
exp bfe730482dd6562c 3fdf020034fb1b7c
exp bfe746d14491eea4 3fdeec31acda025b
exp bfe930b92d9d0b98 3fdd20a8ec97ea6f
exp bfea8bd8623b2b80 3fdbeb4c20b6bbe7
exp bfee54b25c6474c0 3fd8ce12a9b7cd5f
exp bff0000000000000 3fd78b56362cef38
exp bff1660d170af938 3fd592d47f041b17
exp bff2feef9382e0ac 3fd38622d401b161
exp bff57dbac9cf81d6 3fd0b46436432900
exp bff5f2aa1726ec54 3fd03c0870d57743
exp bff892347d85deba 3fcb8f26631dbef0
exp bffc8ba4d65e3a54 3fc57f5d61812a94
exp bfffe56de0c40008 3fc16f871d7aca80
exp c047b6a1c0f7d600 3ba7e09dfa83d2d5
exp c050f915aed56a70 39d0982930fbf8aa
exp c05fba21ed11d730 347e108b53a701fb
exp c0676fea1d436244 2f069abc6e7b3175
exp c0712f89101cdd87 2723b568fc0b297d
exp c07477139ce7917f 2268431b24d360d5
exp c075b99916fc3177 2096eef8a8bfac55
exp c077eb0bb35010e1 1d6dbe6e2f0ed030
exp c07ea24101d6fa78 13bd5e541380a65f
exp c0802d39873008fa 11422ea4369a2c13
exp c080b68add84a8b5 0fb56bf7d91c3e09
exp c083978c77e45781 0766cf5c3901552e
exp fff0000000000000 0000000000000000
expm1 0000000000000000 0000000000000000
expm1 0000000000000001 0000000000000001
expm1 0010000000000000 0010000000000000
expm1 00f9c21fa1b416fd 00f9c21fa1b416fd
expm1 01890e52b36d367e 01890e52b36d367e
expm1 04a2e922d90c1f35 04a2e922d90c1f35
expm1 079ccbcb50915771 079ccbcb50915771
expm1 0a8c95d785d3cd28 0a8c95d785d3cd28
expm1 0df80e392a112265 0df80e392a112265
expm1 0f4b323abcaf202d 0f4b323abcaf202d
expm1 114d44ba18f928fe 114d44ba18f928fe
expm1 2072803d6f644cfc 2072803d6f644cfc
expm1 23f9a0cd1c48018f 23f9a0cd1c48018f
expm1 258154b98ca078ef 258154b98ca078ef
expm1 2826fa6f209b4fba 2826fa6f209b4fba
expm1 322fb1f46ae81413 322fb1f46ae81413
expm1 36db9d4713598dc4 36db9d4713598dc4
expm1 3b7fd8762346bf80 3b7fd8762346bf80
expm1 3d3ec90fe2ad8571 3d3ec90fe2ad874b
expm1 3fb4d83e24c15b93 3fb5b7831275fc7b
expm1 3fb80071f4754930 3fb929b42f174ac2
expm1 3fb999999999999a 3fbaec7b35a00d3a
expm1 3fba641d786f9262 3fbbcca42a54ecf6
expm1 3fc3833286d2a123 3fc5140aac7da068
expm1 3fd7ceb23e4de037 3fdcd6f35defa18e
expm1 3fdad54c11fbdfd0 3fe0aacb2e82e711
expm1 3fdd3129a440dd15 3fe27e8e11798040
expm1 3fe0000000000000 3fe4c2531c3c0d38
expm1 3fe0678ac0498443 3fe56e1eb506aa43
expm1 3fe4afa5345ddfab 3fed145cde8b4c52
expm1 3fe8404621061963 3ff223889bfc6e58
expm1 3fec9b3cf5a879c4 3ff71dc45f357d39
expm1 3ff0000000000000 3ffb7e151628aed3
expm1 3ff19ef0ce86f507 4000108f319e7d71
expm1 3ff5847b9243060d 4006b3621264bd22
expm1 3ffd821439f00f7f 40154b2a4089e875
expm1 3ffea37d4060f917 4017253af17732c6
expm1 4000000000000000 40198e64b8d4ddae
expm1 4005bf0a8b145769 402c4efb75e4527a
expm1 4024000000000000 40d5825dcf950560
expm1 7fefffffffffffff 7ff0000000000000
expm1 7ff0000000000000 7ff0000000000000
expm1 8000000000000000 8000000000000000
expm1 8240131bca5c4610 8240131bca5c4610
expm1 8364c241f00c7b00 8364c241f00c7b00
expm1 8913c5443d6c42a8 8913c5443d6c42a8
expm1 924e14cb542ce1b4 924e14cb542ce1b4
expm1 99067043ee628521 99067043ee628521
expm1 9cac837f6c2ebf13 9cac837f6c2ebf13
expm1 9e4010dbe2711329 9e4010dbe2711329
expm1 9ec21268df4f051b 9ec21268df4f051b
expm1 a2c6923493c641ce a2c6923493c641ce
expm1 ac870ea387343052 ac870ea387343052
expm1 b93c067ac3a3f9a1 b93c067ac3a3f9a1
expm1 ba3c6fd1eb6dcf6b ba3c6fd1eb6dcf6b
expm1 bc4b425e852ca758 bc4b425e852ca758
expm1 bfb8fc9b0d90aef5 bfb7ce59b067b31d
expm1 bfb9cc06b2e534d0 bfb88a2f55f26396
expm1 bfc084222f887d59 bfbefd6da48aa1bc
expm1 bfc32878d294ea1f bfc1cb15f7a4a105
expm1 bfc5d2657f2201af bfc410261383b4fe
expm1 bff0000000000000 bfe43a54e4e98864
expm1 bff3560aa3fdac66 bfe6718422fa7bcc
expm1 bff36e324a596334 bfe67fe6acfb2fc5
expm1 bff8bf08b0c91ac9 bfe92f694015e8cf
expm1 bffd4f6b1e4fa45d bfeae05f561d67db
expm1 bfff9c51aa249458 bfeb90058bcc40db
expm1 c002a8a059674bac bfece4d05793c1f4
expm1 c0033a68c14d0864 bfed1b732f77369e
expm1 c00ac6424f316f09 bfeedfab6842ec34
expm1 c00b315b673f5a04 bfeeee5c2b934fc5
expm1 c2a9ed45bba5ddf4 bff0000000000000
expm1 ccc83571674058b7 bff0000000000000
expm1 cfdd9cacb756cd94 bff0000000000000
expm1 d02af40e99fe6598 bff0000000000000
expm1 d126a3bb3968a806 bff0000000000000
expm1 eb942b9a37ead118 bff0000000000000
expm1 ec0a7271c79aa20f bff0000000000000
expm1 fff0000000000000 bff0000000000000
log 0000000000000000 fff0000000000000
log 0000000000000001 c0874385446d71c3
log 0010000000000000 c086232bdd7abcd2
log 004bc75e1d26767d c0860e1f5217eefe
log 016951800ae69d80 c085ab0d146ffa4c
log 041a0b4c66bc9248 c084bc61e2681039
log 046715bf0721724f c084a19f120329fe
log 098a6c495c20d936 c082d9d61d7348e2
log 0b3aa6a32f75352f c082440c41f2c3d0
log 0d9f3397a6972691 c0817011eb03594b
log 10818082938d9498 c08070126639552c
log 1295cc73dd45ffa5 c07f6ea645fd4e74
log 183c1e17113ee366 c07b8471e0817691
log 1a8b3e235010ef4a c079ea9b7f6bffb8
log 1bc6f46728561820 c0790f8a60abc363
log 25584a620f0ded59 c0726dcfaab14435
log 329760c9bdd3ed71 c0627e89840e7590
log 33acbd9f23d4cb34 c060fedb4a155ffe
log 35246e666eeed488 c05deae10a33f3d8
log 3999ee8eeb3cb6a2 c0518df5d134c41c
log 3b7617ea1f353e8e c048cabd6f200d1f
log 3e9014443c2c00dc c02e7d15307497e4
log 3fa3622723a18530 c00a30f633d9f2cb
log 3fa524964b040a60 c0097f0422e964c2
log 3faee8d44b551360 c006754575989455
log 3fb243a708a04308 c0051f315f753d1e
log 3fb2d6dadf5955b8 c004dfb5d5860748
log 3fb999999999999a c0026bb1bbb55515
log 3fc809e47849ad28 bffac2048ea9e049
log 3fc84c6f453353d8 bffa95f724412ad0
log 3fcb46307ea469c8 bff8bcc8c085967d
log 3fd4a450993fcb6c bff21ae10ccadb24
log 3fd50981289e49d6 bff1cd2fa147fe02
log 3fd5ae3a597dfb56 bff151c822735554
log 3fd6e73fabafc624 bff0710e2d537fba
log 3fd7477b50a3c4ec bff02e5fb309da48
log 3fd948e1629f1294 bfedb7c799ee42ab
log 3fda03bc1b4bcf34 bfeccea5e3771196
log 3fdae9e7bcdc928e bfebb84d8e72629f
log 3fdba387a6eeb738 bfeade84c146f8f8
log 3fdc41d505128ef2 bfea2941effd53aa
log 3fdf9e99e6b4e45c bfe6903e81e02897
log 3fdfd0cc7fddfdc2 bfe65d99714b68d6
log 3fe0000000000000 bfe62e42fefa39ef
log 3fe0a37c66c9355a bfe4eda582d1ab16
log 3fe16015eb97b11c bfe38ab9b82df8fe
log 3fe16b53817acc5e bfe3760cc7d78567
log 3fe16d354656b51a bfe37297ef26a9d5
log 3fe1ff2aa89d565a bfe26add60017e5b
log 3fe22a06f32ba379 bfe21f01be0181aa
log 3fe30a186cba0143 bfe09d7aae7a50c6
log 3fe37a0fb082c598 bfdfc6d96492ea10
log 3fe4950fad26ad51 bfdc3e5ae9f0038a
log 3fe5d8b20e65afbd bfd86db7f57735c9
log 3fe67a19a9e46e75 bfd69b92839b7cce
log 3fe782d7b2e6f35e bfd3ba951d966792
log 3fe83ee9f905adff bfd1c2773706c459
log 3feae4dd7642fc83 bfc64024f74cf1ac
log 3feaefdfcb9455c0 bfc60bca08642779
log 3feb72843aa43fdb bfc3a4ce84983a18
log 3fed6d682284dfca bfb5749e3e7b1a7e
log 3fedd1829c98b5e6 bfb21383daa6a80f
log 3fee731ac159d09c bfa96d5182af59c5
log 3fef3bc1f5a4fb71 bf98d431f8d70308
log 3ff0000000000000 0000000000000000
log 4000000000000000 3fe62e42fefa39ef
log 4005bf0a8b145769 3ff0000000000000
log 4024000000000000 40026bb1bbb55516
log 478bdb7d20ff8b13 40551b3868e5ddf6
log 4d2fbaca712da7c1 40625e09fa54231a
log 52eb016b9b358093 406a51816d93d188
log 5bbf4b3bf448289e 407346d9d57c7d24
log 5efe4a1d4b4ed62f 407587070589f869
log 601f59fa429b06cc 40764f34864ec865
log 65450d61ada84f7e 4079e1552445e32c
log 7055c379555994a7 4080c66db4472677
log 7126023bb7383c79 40810e9afeca0fc9
log 748a390b347f8fac 40823b7251fb0ee6
log 75329c3bfbdfab18 408275b33fab5e45
log 7635f4407969e073 4082cfbeb4d0a6dd
log 786d0cff6ad4d2ea 408394111f410759
log 7dff75e5a546c029 40858239a5d1f26b
log 7eda4f75f65c6b62 4085ce6d716a885c
log 7fefffffffffffff 40862e42fefa39ef
log 7ff0000000000000 7ff0000000000000
log 8000000000000000 fff0000000000000
log bff0000000000000 NaN
log fff0000000000000 NaN
log1p 0000000000000000 0000000000000000
log1p 0000000000000001 0000000000000001
log1p 0010000000000000 0010000000000000
log1p 0481bc47180df6d3 0481bc47180df6d3
log1p 08c71603897e0155 08c71603897e0155
log1p 0b226af79fa717ad 0b226af79fa717ad
log1p 14c8c6af1a21f673 14c8c6af1a21f673
log1p 1928e93d72b8e919 1928e93d72b8e919
log1p 1ab4e75a667945c6 1ab4e75a667945c6
log1p 1ac4f96fd3d17d80 1ac4f96fd3d17d80
log1p 1aeca529b12e375a 1aeca529b12e375a
log1p 2177eff71b7c0486 2177eff71b7c0486
log1p 26eea69d6df7bb61 26eea69d6df7bb61
log1p 27e084da661880ee 27e084da661880ee
log1p 29a1276d5cdf8f48 29a1276d5cdf8f48
log1p 2c2a63472df30a39 2c2a63472df30a39
log1p 31a7261fe65351a3 31a7261fe65351a3
log1p 3259b6994794401e 3259b6994794401e
log1p 351b26d47f3b1b2f 351b26d47f3b1b2f
log1p 356ca09b1b6241db 356ca09b1b6241db
log1p 3b033837b410d463 3b033837b410d463
log1p 3baa74d840296215 3baa74d840296215
log1p 3f7d68501015e069 3f7d4d6a9abcbeb7
log1p 3f9545386467bcab 3f950d700f737bc9
log1p 3fb4d84d7451b012 3fb40a2a03d0b3a0
log1p 3fb999999999999a 3fb8663f793c46c7
log1p 3fbb01ed7a20a247 3fb9ad00aa090a24
log1p 3fbb797ef854199c 3fba191241e166fc
log1p 3fc66a4f45b17dda 3fc4a7c309366ca3
log1p 3fcccdffd0ec31a7 3fc9faf1cf22c980
log1p 3fd051cc79ce12b0 3fcd1295ceebe75c
log1p 3fd5aa3e9f1078e2 3fd2a8f16e4baccf
log1p 3fda9c8c275f384c 3fd640aff6bc33b2
log1p 3fdc4684132d7e85 3fd76ad32ab357cb
log1p 3fdd164fc17cbde6 3fd7fa510ffe4295
log1p 3fe0000000000000 3fd9f323ecbf984c
log1p 3fe0704029a97a46 3fda8820dd37058e
log1p 3fe497a0514a38c0 3fdfcc1f46419d0b
log1p 3fe59121c5d51779 3fe07c7bfc88d267
log1p 3fe74afced499dc5 3fe180474ecbc16a
log1p 3fe834bf77126fb4 3fe20675794a3214
log1p 3feac653db6818fd 3fe37489d3e397e6
log1p 3ff0000000000000 3fe62e42fefa39ef
log1p 3ff175ca824187bb 3fe79bc6998e5929
log1p 3ff1f2c17300446c 3fe8126c8186c813
log1p 3ff405bab3c4f802 3fe9f83b4149aff4
log1p 3ff450f0853435a7 3fea3ac5c1a55ec4
log1p 3ffb112839b28242 3fefaf7673010599
log1p 4000000000000000 3ff193ea7aad030a
log1p 40031e6435f5d9b7 3ff388535520335a
log1p 4005bf0a8b145769 3ff5031eafefb049
log1p 4024000000000000 40032ee3b77f374c
log1p 4469972ba97f7294 4048d76f40cdcc61
log1p 47becff76caf92bd 4055a6c1c9b12e9b
log1p 47c41c8353bbc262 4055b7d065f06a00
log1p 5597ed00df84c56a 406e0766c05dc551
log1p 572a25e5d9c4acf3 40701a61710a1366
log1p 5b7f36c62cb531e0 40731a72d6161363
log1p 5f7ce6635073ed5b 4075deffb6db8485
log1p 62856115b6865ab7 4077f99a82c5e940
log1p 6487806475e66789 40795e025d9c1492
log1p 67cd0e16b19e7818 407ba21a09d7a155
log1p 6fecf6dc15240870 4080a1e61e645cde
log1p 7734aa7aa95593a3 408327fbea54c43b
log1p 77be2d73b4606f16 4083575fd5cb8672
log1p 79dece1fdc32498a 40841413377614e1
log1p 7b7827b1cd8089fd 4084a24ddde990e3
log1p 7fefffffffffffff 40862e42fefa39ef
log1p 7ff0000000000000 7ff0000000000000
log1p 8000000000000000 8000000000000000
log1p bf929851c7d6c7c6 bf92c41259793693
log1p bf951b49f6074b67 bf9553c08fa025ec
log1p bfa0cbf605eb9c65 bfa11413384b2101
log1p bfb79d01eed8403e bfb8c639fba88440
log1p bfc5929724e46be9 bfc79fe761c195dc
log1p bfcd06c507211038 bfd07598ddf841bc
log1p bff0000000000000 fff0000000000000
log1p fff0000000000000 NaN
pow 02ac7a2361a13be8 bfe586a255f0099b 6924501b2a40f01e
pow 02ae91388198ab34 3fe3047e6b73ed21 1b876525621c2e7e
pow 04e97f56c36ac340 3fe4e589ccc49eb4 19642fa55f9d9e3f
pow 137f05bb822bfa01 3fdbfe8db936c92b 2c7f9312ce532fac
pow 163ad20fa4762a36 3fc8620fcdffdf5d 37fdb5eadc09fbcc
pow 1944979d2c675226 3fe2b89a473e78c3 2950df6403c93d4c
pow 238bcc5ae0254fce 3ff2777abb4fdfe4 1f2b5510823cbbcf
pow 25c5f63348e1135b 4003b482674aaded 00000865ebc51481
pow 265efcf0b232d80e 3fff175563f623de 0e41a927b093233d
pow 278c676697d602c3 3ff4e80f2f6a4e64 20121f9b37b425c7
pow 2a19c977d9580961 3ff4240ee823311d 247380c821614c53
pow 3197b8b4c7df7014 c011c38d4279575b 7f9dda101cf168f2
pow 33fec46f095ed15a 3ffdf02552e6d08d 2996c1d9154cb704
pow 373c90d13e160e72 bff207928395711f 49bc2dc25ecf6946
pow 3bbf68575fb7b8e8 c01214c3ed448dc1 52df92324f79aa6e
pow 3be4ae8f38b3a3c6 c024546f513ade2b 68ff05cd38db842b
pow 3e40dcb6fc08d3bf 403a5ff59b78975b 138d5f0b2118921d
pow 3f74a7574432e600 bff94ac9e662b35c 40b0b94eec20b9d0
pow 3f9c2712a74cfb60 3fedc80a8329de08 3fa20f2a01bd05a1
pow 3f9eeb6bd5a00e60 c00f71c868f46566 412cca8134010394
pow 3fa736a427c338e0 400ccb200918de5a 3eee9ef8e42f0aca
pow 3fb9108fc55a40a0 bffe13c97fe52428 4053b9abc092ece9
pow 3fbb04cd644f9ad0 c00d8b0bffb65aa4 40af9017b23e0178
pow 3fc0ce727642b268 bff42d7229815364 4029e1890b968e01
pow 3fd2ced3ab5cb7f8 3fff4f336ed91134 3fb74f059223caad
pow 3fd31da0adb135b2 400f383370105040 3f8256bcb92be68c
pow 3fd7ff2d7624deac 4006c86b9262a31a 3faf554b47bc50bc
pow 3fdb5f597386fd9c c0050fc42449e6ec 4022b686edc6ca01
pow 3fe0000000000000 408f400000000000 0170000000000000
pow 3fe035b160b3db3b c00f888a8ba45ac4 402d31b8a4a800a7
pow 3fe1998eda6eb3d0 40042df87ee8dbd8 3fcc55036428bf6d
pow 3fe2182ea994da3b 3ffe3864e6921a9c 3fd5cd8640c4e67e
pow 3fe4a462cedff446 400aaa26856f0c18 3fcdb093a4485a2c
pow 3fe567af0fe87bd6 bfe6c768670c1550 3ff54d757632fbbb
pow 3fe5efc08b607ad3 3ff02efe0a6ff274 3fe5d77a52eabd35
pow 3fe83941f428d137 bffceccf390bcbb0 3ffa7787290aa85e
pow 3fe8e7a0699adf76 4008bc3ba2950a48 3fdd7baa94c9d2c3
pow 3fe983d27c0b1bd0 bff31a927b89614c 3ff4f7c97b2d29d9
pow 3fe9bcccb164aa11 400c4ed20bd7f86c 3fdd9d2ed5fd0a81
pow 3feb61d00df7da1b bff839f15e7988b0 3ff4421f29946a88
pow 3febc578e61baf5b c00589495462cd7a 3ff76ec2fe269d79
pow 3fec47f8de196fde c00eaf5e65ccb11a 3ff9b2e5e2180eae
pow 3fec4cb7e26de509 c003949210dcde6e 3ff59d44274c187b
pow 3fefd14e66347caa c00a39b487d85070 3ff04d7a503a9a6d
pow 3fefffffffffffff c330000000000000 3ffa61298e1e069c
pow 3ff0000000000001 4330000000000000 4005bf0a8b145769
pow 4000000000000000 3fe0000000000000 3ff6a09e667f3bcd
pow 4000000000000000 408ff80000000000 7fe0000000000000
pow 4000000000000000 c090c80000000000 0000000000000001
pow 4008000000000000 4040800000000000 4333bfefa65abb83
pow 401c000000000000 3fd5555555555555 3ffe9b5dba58189d
pow 4024000000000000 4000000000000000 4059000000000000
pow 4024000000000000 c000000000000000 3f847ae147ae147b
pow 41c3741cfaa04f23 403996c268eb973a 6ec39b85af918bc0
pow 4267da7738ad85ac c02bcea070ce2c7f 1d8aebfddbe354b3
pow 4321965567c66723 bff3983c6580532e 3c04bf5ffd0af729
pow 43f72dd82d18ef9e 402f8b9a1b912673 7f8d8ac62edf903a
pow 4e242b2aac0b10c6 3fe7f3d8dc24610a 4a91ead1fce75c0d
pow 4e37f370d1d3a0ae c00d5ebe98249704 0b7c28e08f5bf6e2
pow 58106b3667fa12de 3ff41ee90c6bd820 5e46017f386e53fc
pow 5f8afc29ea92e76f bfe27912ee92b8d5 2db06ed319669528
pow 671f4833dd00ac42 3febc717824adb3d 61f2e87fbed75337
pow 689f35f8097f1049 3feaf187115c3bbd 6231288138162eb2
pow 68a861f832ebbffc bf9f4b4e2e43011d 3eb0fcd0cd877517
pow 69646108705ab3de 3ff2951a2e499bb0 701554819fccd25c
pow 6cf7012c5f38b304 bfe1487dd6ac245c 279cc147ff0f12de
pow 6d2e571d1c8e2406 3fc9042854777c5b 48c65d2139ca9d2f
pow 6fa28a4e9a56f72b 3ff3012ccf8d1eb2 78972a551bfb3b43
pow 76d7f9fa29396530 3fdd4d991564eb78 591348aae599debf
pow 7bb34fbd9d00436c bf93b704cfb9ab92 3ec81170561db017
pow 7ff0000000000000 bff0000000000000 0000000000000000
pow 8000000000000000 c008000000000000 fff0000000000000
pow c000000000000000 4008000000000000 c020000000000000
`;
