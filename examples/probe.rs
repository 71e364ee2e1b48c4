#![allow(
    missing_docs,
    clippy::all,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]
use sinew::{graph::Circumstances, model::Date, pipeline::*, source::*};
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let mut sources = Sources::default();
    let t = std::time::Instant::now();
    for e in walkdir::WalkDir::new(&root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
    {
        let p = e.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        if p == "site.toml" || p.starts_with("content/") {
            sources.insert(SourcePath::new(&p), std::fs::read(e.path()).unwrap());
        }
    }
    println!("read {:?}", t.elapsed());
    let input = Input {
        sources,
        circumstances: Circumstances {
            as_of: Date::parse("2026-11-23").unwrap(),
            with_drafts: false,
            base_url: None,
        },
    };
    let t = std::time::Instant::now();
    let mut memo = Memo::default();
    let a = analyze(&input, &mut memo);
    println!(
        "analyze {:?} {} records {} diags",
        t.elapsed(),
        a.base.content.entries.len(),
        a.diagnostics.len()
    );
    for _ in 0..2 {
        let t = std::time::Instant::now();
        let mut m = sinew::model::SourceMemo::default();
        let (content, _) = sinew::model::read(&input.sources, &mut m);
        println!("  read {:?}", t.elapsed());
        let t = std::time::Instant::now();
        let (content2, _) = sinew::model::read(&input.sources, &mut m);
        println!("  read again {:?}", t.elapsed());
        drop(content2);
        let t = std::time::Instant::now();
        let mut g = sinew::graph::GraphMemo::default();
        let (kb, _) =
            sinew::graph::resolve(content, input.circumstances.clone(), &input.sources, &mut g);
        println!("  resolve {:?}", t.elapsed());
        let t = std::time::Instant::now();
        let bytes = postcard::to_stdvec(&m).unwrap();
        println!("  memo {} bytes {:?}", bytes.len(), t.elapsed());
        let t = std::time::Instant::now();
        let mm: sinew::model::SourceMemo = postcard::from_bytes(&bytes).unwrap();
        println!("  memo load {:?}", t.elapsed());
        drop(mm);
        drop(kb);
    }
    let t = std::time::Instant::now();
    let b = analyze(&input, &mut memo);
    println!("again {:?} {}", t.elapsed(), b.diagnostics.len());
    let t = std::time::Instant::now();
    let k = sinew::graph::Kinship::new(&a.base);
    let n: usize = a
        .base
        .all::<sinew::model::article::Article>()
        .map(|(r, _)| k.related(&a.base, r, 4).len())
        .sum();
    println!("kinship {:?} {n}", t.elapsed());
    for d in a.diagnostics.iter().take(40) {
        println!("{:?}", (&d.code, &d.message, d.place.path.as_str(), &d.place.at, &d.help));
    }
}
