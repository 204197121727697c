# Takes a page a line (JSON strings of HTML), gives what trafilatura makes of it, a line of JSON each; last its version
# and the processor time of taking the pages apart alone.
import json, sys, time
import trafilatura
from trafilatura import bare_extraction

pages = [json.loads(line) for line in sys.stdin]
answers, start = [], time.process_time()
for page in pages:
    try:
        answers.append(bare_extraction(page, include_comments=True))
    except Exception:
        answers.append(None)
seconds = time.process_time() - start
for answer in answers:
    found = answer if isinstance(answer, dict) else answer.as_dict() if answer is not None else {}
    print(json.dumps({"body": found.get("text") or "", "comments": found.get("comments") or ""}))
print(json.dumps({"version": trafilatura.__version__, "seconds": seconds}))
