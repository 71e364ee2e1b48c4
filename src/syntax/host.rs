//! Names of hosts with other letters than those of ASCII, as computers call them: `xn--…` (RFC 3492).

use unicode_normalization::UnicodeNormalization;

/// An address with its host in ASCII; the rest stays as it is.
pub fn with_ascii_host(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    format!("{scheme}://{}{path}", ascii_host(host))
}

/// A host in ASCII, with its port if there is one.
pub fn ascii_host(host: &str) -> String {
    if host.is_ascii() {
        return host.to_owned();
    }
    let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    let name: String = name.chars().flat_map(char::to_lowercase).nfc().collect();
    name.split('.').map(ascii_label).collect::<Vec<_>>().join(".") + port
}

fn ascii_label(label: &str) -> String {
    if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)) }
}

/// The numbers of section 5 of the RFC.
const BASE: u64 = 36;
const LEAST: u64 = 1;
const MOST: u64 = 26;
const SKEW: u64 = 38;
const DAMP: u64 = 700;
const FIRST_BIAS: u64 = 72;
const FIRST_CODE: u64 = 128;

/// Section 6.3 of the RFC.
fn punycode(label: &str) -> String {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let mut handled = out.len() as u64;
    let (mut code, mut delta, mut bias) = (FIRST_CODE, 0, FIRST_BIAS);
    let is_first = handled;
    if handled > 0 {
        out.push('-');
    }
    let all: Vec<u64> = label.chars().map(|c| u64::from(u32::from(c))).collect();
    while let Some(next) = all.iter().copied().filter(|c| *c >= code).min() {
        delta += (next - code) * (handled + 1);
        code = next;
        for c in &all {
            if *c < code {
                delta += 1;
            } else if *c == code {
                push_number(&mut out, delta, bias);
                bias = adapted(delta, handled + 1, handled == is_first);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        code += 1;
    }
    out
}

fn push_number(out: &mut String, number: u64, bias: u64) {
    let mut rest = number;
    for at in 1_u64.. {
        let threshold = (at * BASE).saturating_sub(bias).clamp(LEAST, MOST);
        if rest < threshold {
            break;
        }
        push_digit(out, threshold + (rest - threshold) % (BASE - threshold));
        rest = (rest - threshold) / (BASE - threshold);
    }
    push_digit(out, rest);
}

fn push_digit(out: &mut String, digit: u64) {
    out.push(char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[digit as usize]));
}

fn adapted(delta: u64, handled: u64, is_first: bool) -> u64 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / handled;
    let mut bias = 0;
    while delta > (BASE - LEAST) * MOST / 2 {
        delta /= BASE - LEAST;
        bias += BASE;
    }
    bias + (BASE - LEAST + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_written_as_computers_call_it() {
        let hosts = [
            ("example.com:8080", "example.com:8080"),
            ("praxis-müller.de", "xn--praxis-mller-klb.de"),
            ("Praxis-Mu\u{308}ller.de:80", "xn--praxis-mller-klb.de:80"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("faß.de", "xn--fa-hia.de"),
            ("παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ];
        for (host, ascii) in hosts {
            assert_eq!(ascii_host(host), ascii);
        }
        assert_eq!(
            with_ascii_host("https://bücher.example/bü"),
            "https://xn--bcher-kva.example/bü"
        );
        assert_eq!(with_ascii_host("/bü"), "/bü");
    }
}
