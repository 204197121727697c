//! Takes rows, gives entries, what is archived and the tree, and back.
//! Invariant: a row with a value of the wrong type, length or code is an error, never a default.

use crate::Archived;
use rusqlite::{Connection, Row, params};
use sulh_ledger::log::{
    Entry, EntryKind, RecordedAt,
    merkle::{Digest, Tree},
};
use sulh_model::page::CaptureId;

/// Columns of an entry, in the order `entry` reads them.
pub(crate) const ENTRY: &str = "seq, recorded_at, kind, salt, commitment, payload, leaf_hash";

/// Why a row is no row of ours.
pub(crate) type RowProblem = String;

/// An entry as it stands in the file, with the leaf hash kept beside it.
pub(crate) fn entry(row: &Row<'_>) -> Result<(Entry, Digest), RowProblem> {
    let seq: i64 = get(row, 0)?;
    let recorded_at: String = get(row, 1)?;
    let kind: String = get(row, 2)?;
    let entry = Entry {
        seq: u64::try_from(seq).map_err(|_| format!("{seq} is no number of an entry"))?,
        recorded_at: RecordedAt::parse(&recorded_at)
            .ok_or_else(|| "its time is no time".to_owned())?,
        kind: EntryKind::from_code(&kind).ok_or_else(|| format!("`{kind}` is no kind of entry"))?,
        salt: digest(row, 3)?.0,
        commitment: digest(row, 4)?,
        payload: get(row, 5)?,
    };
    Ok((entry, digest(row, 6)?))
}

/// Adds an entry.
pub(crate) fn write_entry(connection: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let sql = "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute(params![
        // Never beyond what SQLite counts to: the number is one more than one it holds.
        i64::try_from(entry.seq).unwrap_or(i64::MAX),
        entry.recorded_at.as_str(),
        entry.kind.code(),
        &entry.salt[..],
        &entry.commitment.0[..],
        entry.payload,
        &entry.leaf_hash().0[..],
    ])?;
    Ok(())
}

/// What is archived, as it stands in the file, with its address; an error when either was changed.
pub(crate) fn archived(row: &Row<'_>) -> Result<(CaptureId, Archived), RowProblem> {
    let address = digest(row, 0)?;
    let id = CaptureId::from_digest(&address.0);
    let archived = Archived { media: get(row, 1)?, bytes: get(row, 2)? };
    if archived.address() != id {
        return Err(format!("the bytes archived as {id} are not those that were taken"));
    }
    if digest(row, 3)? != seal(address, archived.media.as_deref()) {
        return Err(format!("the media type of {id} is not the one it was taken with"));
    }
    Ok((id, archived))
}

/// Looks for an address among the keys of the archive, as bytes: an expression over the column would
/// read every row.
pub(crate) const ARCHIVED: &str =
    "SELECT sha256, media, bytes, seal FROM archive WHERE sha256 = ?1";

/// The first of these that is not in the archive. Its bytes are not looked at.
pub(crate) fn lacking<'a>(
    connection: &Connection,
    wanted: [&'a CaptureId; 2],
) -> rusqlite::Result<Option<&'a CaptureId>> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM archive WHERE sha256 = ?1")?;
    for id in wanted {
        if !statement.exists([address(id)])? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The bytes of an address, as the table keeps it.
pub(crate) fn address(id: &CaptureId) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
    id.hex().as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// Archives bytes, unless they are there. The address makes a second copy the same.
pub(crate) fn archive(connection: &Connection, new: &Archived) -> rusqlite::Result<()> {
    let address = Digest::of(&[&new.bytes]);
    let seal = seal(address, new.media.as_deref());
    let sql = "INSERT INTO archive VALUES (?1, ?2, ?3, ?4) ON CONFLICT (sha256) DO NOTHING";
    let mut statement = connection.prepare_cached(sql)?;
    statement.execute(params![&address.0[..], new.media, new.bytes, &seal.0[..]])?;
    Ok(())
}

/// The media type decides how bytes are decoded, so a flipped bit in it must show as well.
fn seal(address: Digest, media: Option<&str>) -> Digest {
    let told = media.map_or_else(Vec::new, |media| [b"media ", media.as_bytes()].concat());
    Digest::of(&[&address.0, &told])
}

/// The tree head as it stands in the file, with the root kept beside it.
pub(crate) fn tree(connection: &Connection) -> Result<(Tree, Digest), RowProblem> {
    let sql = "SELECT size, frontier, root FROM tree WHERE only = 1";
    let mut statement = connection.prepare_cached(sql).map_err(said)?;
    let mut rows = statement.query([]).map_err(said)?;
    let Some(row) = rows.next().map_err(said)? else {
        return Err("the head of the tree is missing".to_owned());
    };
    let size = u64::try_from(get::<i64>(row, 0)?).map_err(|_| "a tree of no size".to_owned())?;
    let bytes: Vec<u8> = get(row, 1)?;
    let frontier: Option<Vec<Digest>> = bytes.chunks(32).map(Digest::from_bytes).collect();
    let tree = frontier
        .and_then(|frontier| Tree::from_frontier(size, frontier))
        .ok_or_else(|| "the head of the tree has another size".to_owned())?;
    Ok((tree, digest(row, 2)?))
}

/// Writes the tree head.
pub(crate) fn write_tree(connection: &Connection, tree: &Tree) -> rusqlite::Result<()> {
    let sql = "INSERT INTO tree VALUES (1, ?1, ?2, ?3) ON CONFLICT (only) DO UPDATE
               SET size = excluded.size, frontier = excluded.frontier, root = excluded.root";
    let frontier: Vec<u8> = tree.frontier().iter().flat_map(|digest| digest.0).collect();
    let size = i64::try_from(tree.size()).unwrap_or(i64::MAX);
    connection.prepare_cached(sql)?.execute(params![size, frontier, &tree.root().0[..]])?;
    Ok(())
}

fn get<T: rusqlite::types::FromSql>(row: &Row<'_>, at: usize) -> Result<T, RowProblem> {
    row.get(at).map_err(said)
}

fn digest(row: &Row<'_>, at: usize) -> Result<Digest, RowProblem> {
    let bytes: Vec<u8> = get(row, at)?;
    Digest::from_bytes(&bytes).ok_or_else(|| format!("{} bytes where a hash stands", bytes.len()))
}

pub(crate) fn said(problem: rusqlite::Error) -> RowProblem {
    problem.to_string()
}
