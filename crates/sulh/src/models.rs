//! Takes the options of a command that reads, gives the parser it reads with.
//! Invariant: a model file that is missing, cut or changed is one sentence that names it; nothing is read without it.

use crate::{cli::ParserOptions, faults::Failure};
use std::{fs::File, io::Read, path::Path, sync::Arc};
use sulh_desk::{Depth, Parser};

/// No model of ours is larger, in bytes.
const MODEL_BYTES_MAX: u64 = 256 << 20;

/// The parser that was asked for: the built-in one, or that of a folder.
pub fn parser(options: &ParserOptions) -> Result<Arc<Parser>, Failure> {
    let depth = if options.fast { Depth::Fast } else { Depth::Both };
    let Some(folder) = &options.models else { return Ok(Parser::shipped(depth)?) };
    let linear = folder.join(Parser::LINEAR_FILE);
    let encoder = folder.join(Parser::ENCODER_FILE);
    let linear_bytes = bytes(&linear)?;
    let encoder_bytes = (depth == Depth::Both).then(|| bytes(&encoder)).transpose()?;
    let parser = Parser::load(&linear_bytes, encoder_bytes.as_deref())
        .map_err(|problem| format!("{}: {problem}", folder.display()))?;
    Ok(Arc::new(parser))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read =
        File::open(file).and_then(|open| open.take(MODEL_BYTES_MAX + 1).read_to_end(&mut bytes));
    match read {
        Err(problem) => Err(format!(
            "{}: the model cannot be read ({problem}); name the folder that holds it, or leave --models out",
            file.display()
        )
        .into()),
        Ok(_) if bytes.len() as u64 > MODEL_BYTES_MAX => Err(format!(
            "{}: is larger than any model ({} MiB); leave --models out to use the built-in ones",
            file.display(),
            MODEL_BYTES_MAX >> 20
        )
        .into()),
        Ok(_) => Ok(bytes),
    }
}
