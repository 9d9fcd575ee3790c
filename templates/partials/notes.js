// Shows a note beside its call, on a click or under the pointer. Without this script the call is a link to the note.
(function () {
  'use strict'
  var open = null

  function close() {
    if (!open) return
    open.box.remove()
    open.call.setAttribute('aria-expanded', 'false')
    open = null
  }

  function show(call) {
    if (open && open.call === call) return
    close()
    var note = document.getElementById(call.hash.slice(1))
    if (!note) return
    var box = document.createElement('div')
    box.className = 'note-popover'
    box.setAttribute('role', 'note')
    Array.prototype.forEach.call(note.childNodes, function (node) {
      box.appendChild(node.cloneNode(true))
    })
    box.querySelectorAll('[id]').forEach(function (element) {
      element.removeAttribute('id')
    })
    document.body.appendChild(box)
    var place = call.getBoundingClientRect()
    var room = document.documentElement.clientWidth - box.offsetWidth - 16
    var below = place.bottom + 8 + box.offsetHeight < window.innerHeight
    box.style.left = window.scrollX + Math.max(16, Math.min(place.left - 24, room)) + 'px'
    box.style.top = window.scrollY + (below ? place.bottom + 8 : place.top - box.offsetHeight - 8) + 'px'
    call.setAttribute('aria-expanded', 'true')
    open = { call: call, box: box }
  }

  document.addEventListener('click', function (event) {
    var call = event.target.closest ? event.target.closest('a.note-call') : null
    if (call) {
      event.preventDefault()
      if (open && open.call === call && open.pinned) return close()
      show(call)
      if (open) open.pinned = true
    } else if (open && !open.box.contains(event.target)) close()
  })
  document.addEventListener('mouseover', function (event) {
    var call = event.target.closest ? event.target.closest('a.note-call') : null
    if (call) show(call)
    else if (open && !open.pinned && !open.box.contains(event.target)) close()
  })
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') close()
  })
})()
